/** Lets a visitor test a fine-tuned model and explore the results with Atlas. */
export declare class FtlAtlasDemo extends HTMLElement {
  /** Where the API is; the script's own origin unless given. */
  apiUrl: string;
  /** `auto` follows the system's light or dark. */
  theme: 'auto' | 'light' | 'dark';
  /** Language of the interface; the page's own unless given, English where there is no translation. */
  lang: string;
  /** A domain to preselect, such as `customer_support`. */
  domain: string;
  /** The id of a test suite to preselect. */
  suite: string;
  /** Fills in the endpoint. */
  endpointUrl: string;
  /** Fills in the model. */
  modelId: string;
  /** Where the closing call to action leads; the server's address unless given. */
  signupUrl: string;
  /** Where the page tells about data protection: a link beside Start Demo. */
  privacyUrl: string;
  /** `session` keeps the session's token for a reload, `none` keeps nothing. */
  persist: 'session' | 'none';
  /** Level of the steps' headings in the page's outline, 1 to 6. */
  headingLevel: number;
  /** Shows the demo in a frame of the API's origin, where scripts of the page cannot read the key. Set from the start. */
  isolated: boolean;
  /** Begins the demo, as Start Demo does. Resolves with whether the visitor is past the welcome. */
  start(): Promise<boolean>;
  /** Deletes the session and leads to the first step, as Start Over does but unasked. Resolves with whether that worked. */
  startOver(): Promise<boolean>;
  /** Deletes the session and its key, as Delete My Data does but unasked. Resolves with whether nothing is left of it. */
  endSession(): Promise<boolean>;
}

/** What can be written on the tag. */
export interface FtlAttributes {
  /** Where the API is; the script's own origin unless given. */
  'api-url'?: string;
  /** `auto` follows the system's light or dark. */
  theme?: 'auto' | 'light' | 'dark';
  /** Language of the interface; the page's own unless given, English where there is no translation. */
  lang?: string;
  /** A domain to preselect, such as `customer_support`. */
  domain?: string;
  /** The id of a test suite to preselect. */
  suite?: string;
  /** Fills in the endpoint. */
  'endpoint-url'?: string;
  /** Fills in the model. */
  'model-id'?: string;
  /** Where the closing call to action leads; the server's address unless given. */
  'signup-url'?: string;
  /** Where the page tells about data protection: a link beside Start Demo. */
  'privacy-url'?: string;
  /** `session` keeps the session's token for a reload, `none` keeps nothing. */
  persist?: 'session' | 'none';
  /** Level of the steps' headings in the page's outline, 1 to 6. */
  'heading-level'?: number;
  /** Shows the demo in a frame of the API's origin, where scripts of the page cannot read the key. Set from the start. */
  isolated?: boolean;
}

export interface FtlEvents {
  /** Before the step changes; cancelable. */
  'ftl-step': CustomEvent<{
    from: 'welcome' | 'domain' | 'connect' | 'run' | 'atlas' | 'goodbye';
    to: 'welcome' | 'domain' | 'connect' | 'run' | 'atlas' | 'goodbye';
  }>;
  /** The endpoint has passed the connection test. */
  'ftl-connected': CustomEvent<{ modelId: string; latencyMs: number }>;
  /** The batch test has ended, however it did. */
  'ftl-run-finished': CustomEvent<{
    runId: string;
    status: 'queued' | 'running' | 'completed' | 'cancelled' | 'interrupted';
    total: number;
    completed: number;
    failed: number;
  }>;
  /** Atlas has answered. */
  'ftl-answer': CustomEvent<{ id: string; kind: 'answer' | 'clarify' | 'unsupported' }>;
  /** Before a file is made; cancelable. */
  'ftl-export': CustomEvent<{ format: 'csv' | 'xlsx' | 'json' | 'pdf' }>;
  /** A file has been handed to the visitor. */
  'ftl-exported': CustomEvent<{ format: 'csv' | 'xlsx' | 'json' | 'pdf' }>;
  /** The visitor follows the call to action at the end; cancelable. */
  'ftl-signup': CustomEvent<{ url: string }>;
  /** The session and its key have been deleted. */
  'ftl-cleaned-up': CustomEvent<{ credentialsDeletedAt: string | null; deletedAt: string }>;
  /** Something was refused or could not be reached. */
  'ftl-error': CustomEvent<{
    code:
      | 'invalid_request'
      | 'session_invalid'
      | 'origin_not_allowed'
      | 'not_found'
      | 'session_exists'
      | 'run_in_progress'
      | 'credentials_deleted'
      | 'no_results'
      | 'payload_too_large'
      | 'unsupported_media_type'
      | 'connection_failed'
      | 'prompt_limit'
      | 'question_limit'
      | 'rate_limited'
      | 'too_many_connections'
      | 'internal'
      | 'busy'
      | 'network';
    reason?:
      | 'cancelled'
      | 'interrupted'
      | 'rate_limited'
      | 'auth'
      | 'model_not_found'
      | 'bad_request'
      | 'quota'
      | 'server_error'
      | 'timeout'
      | 'connection'
      | 'tls'
      | 'dns'
      | 'blocked_address'
      | 'redirect'
      | 'invalid_response'
      | 'response_too_large'
      | 'content_filter';
  }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'ftl-atlas-demo': FtlAtlasDemo;
  }
  interface HTMLElementEventMap extends FtlEvents {}
}
