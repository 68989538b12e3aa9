// Loaded before a server: while the file named by FULL_DISK_WHILE exists no file can grow, and where it says so, none can
// be written to at all.
import fs from 'node:fs';

const flag = process.env.FULL_DISK_WHILE;
const write = fs.writeSync;

function hasRoomFor(descriptor, buffer, offset = 0, length = buffer.length - offset, position = 0) {
  if (descriptor <= 2 || !fs.existsSync(flag)) return true;
  return fs.readFileSync(flag, 'utf8') !== 'for anything' && position + length <= fs.fstatSync(descriptor).size;
}

fs.writeSync = (descriptor, ...rest) => {
  if (!hasRoomFor(descriptor, ...rest)) {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
  }
  return write(descriptor, ...rest);
};
