import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';

/** What the name server says to one look-up; `rcode` 3: no such name, 2: failure; null: it says nothing at all. */
export type Zone = (name: string, type: 'A' | 'AAAA', askedBefore: number) => string[] | { rcode: number } | null;

export interface NameServer {
  /** As `Resolver.setServers` takes it. */
  address: string;
  close(): void;
}

const HEADER = 12;
const POINTER_TO_QUESTION = Buffer.from([0xc0, HEADER]);

/** A name server on loopback that answers A and AAAA questions from `zone`, with a time to live of 0. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked = new Map<string, number>();

  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query);
    if (type !== 1 && type !== 28) return;
    const family = type === 1 ? 'A' : 'AAAA';
    const before = asked.get(`${name}/${family}`) ?? 0;
    asked.set(`${name}/${family}`, before + 1);

    const answer = zone(name, family, before);
    if (answer === null) return;
    const addresses = Array.isArray(answer) ? answer : [];
    const header = Buffer.from(query.subarray(0, HEADER));
    header.writeUInt16BE(0x8180 | (Array.isArray(answer) ? 0 : answer.rcode), 2);
    header.writeUInt16BE(addresses.length, 6);
    header.writeUInt32BE(0, 8);
    const records = addresses.map((address) => record(type, toBytes(address)));
    socket.send(Buffer.concat([header, query.subarray(HEADER, end), ...records]), from.port, from.address);
  });

  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function record(type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([POINTER_TO_QUESTION, fixed, data]);
}

function toBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]));
}
