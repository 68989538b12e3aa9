import { isEventName, isRecord, knownFields, MAX_HEIGHT, number, type ToPage } from './messages.js';

/** A message of the frame's, rebuilt from what is known; null where it is none. */
export function readToPage(data: unknown): ToPage | null {
  if (!isRecord(data)) return null;
  if (data.type === 'height') {
    const height = number(data.height, 0, MAX_HEIGHT, -1);
    const printed = Math.ceil(number(data.printed, height, MAX_HEIGHT, height));
    return height < 0 ? null : { type: 'height', height: Math.ceil(height), printed };
  }
  const { type, id, name, detail } = data;
  if (type === 'done' && typeof id === 'number') return { type, id, worked: data.worked === true };
  if (type !== 'event' || typeof id !== 'number' || !isEventName(name) || !isRecord(detail)) return null;
  return { type, id, name, detail: knownFields(name, detail) };
}
