// Loaded before a server: while the file named by FULL_DISK_WHILE exists, no file can be written to.
import fs from 'node:fs';

const flag = process.env.FULL_DISK_WHILE;
const write = fs.writeSync;

fs.writeSync = (descriptor, ...rest) => {
  const isFile = descriptor > 2;
  if (isFile && fs.existsSync(flag)) {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
  }
  return write(descriptor, ...rest);
};
