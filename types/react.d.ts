import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { FtlAtlasDemo, FtlAttributes, FtlEvents } from './ftl-atlas-demo.js';

export * from './ftl-atlas-demo.js';

type Listeners = { [Name in keyof FtlEvents as `on${Name}`]?: (event: FtlEvents[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ftl-atlas-demo': DetailedHTMLProps<HTMLAttributes<FtlAtlasDemo>, FtlAtlasDemo> & FtlAttributes & Listeners;
    }
  }
}
