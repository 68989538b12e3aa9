/** Prisma's codes for: cannot be reached (1001, 1002), too slow (1008), hung up (1017), no connection to spare. */
const AWAY_CODES = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'];
/** PostgreSQL's classes for: connection trouble, out of resources (disk, connections), and shutting down. */
const AWAY_STATES = /^(08|53|57P)/;
const AWAY_KINDS = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'];
/** What pg and its pool say, without a code, of a connection that broke, stands still or could not be had. */
const AWAY_MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed)/;

interface PrismaError {
  code?: string;
  clientVersion?: string;
  meta?: { driverAdapterError?: { cause?: { kind?: string; originalCode?: string } } };
}

/** Whether a query failed because the database is away or has no connection to spare: later it may well succeed. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, clientVersion, meta } = error as PrismaError;
  // A connection that breaks comes through as the driver's bare error: marked with Prisma's version in the middle of
  // its work, unmarked at the start of a transaction.
  if (code === undefined)
    return error.name === 'Error' && (clientVersion !== undefined || AWAY_MESSAGES.test(error.message));
  const { kind = '', originalCode = '' } = meta?.driverAdapterError?.cause ?? {};
  return AWAY_CODES.includes(code) || AWAY_KINDS.includes(kind) || AWAY_STATES.test(originalCode);
}
