import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { FtlAtlasDemo, FtlEvents } from './ftl-atlas-demo.js';

export * from './ftl-atlas-demo.js';

type Properties = Partial<
  Pick<
    FtlAtlasDemo,
    | 'apiUrl'
    | 'theme'
    | 'lang'
    | 'domain'
    | 'suite'
    | 'endpointUrl'
    | 'modelId'
    | 'signupUrl'
    | 'privacyUrl'
    | 'persist'
    | 'headingLevel'
    | 'isolated'
  >
>;
type Emits = { [Name in keyof FtlEvents]: (event: FtlEvents[Name]) => void };

declare module 'vue' {
  interface GlobalComponents {
    'ftl-atlas-demo': new () => FtlAtlasDemo & {
      $props: HTMLAttributes & Properties & PublicProps;
      $emit: EmitFn<Emits>;
    };
  }
}
