/** What a test adds to the table of `npm run safety`, beside having passed or failed. */
export interface Figures {
  /** How many addresses, places or crashes it tried, where that is not one. */
  tried?: number;
  longestStallMs?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figures;
  }
}
