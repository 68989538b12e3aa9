/** A visitor's endpoint, and the key to it. */
export interface Endpoint {
  endpointUrl: string;
  /** Empty: no Authorization header is sent. */
  apiKey: string;
  modelId: string;
}
