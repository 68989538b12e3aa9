/** The ways that need no WebSocket, as one script. */
export { pollTransport } from './poll-transport.js';
export { streamTransport } from './stream-transport.js';
