// The one web type that the pure core may name: whoever starts work hands a signal in. See tsconfig.pure.json.
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
