// A Chromium for the tests: the one that is named, an installed one, or the one inside an npm package.
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where browsers are installed, by platform. */
const INSTALLED = {
  linux: () => {
    const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
    const folders = (process.env.PATH ?? '').split(delimiter);
    return names.flatMap((name) => folders.map((folder) => join(folder, name)));
  },
  darwin: () => {
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const folders = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return folders.flatMap((folder) => names.map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)));
  },
  win32: () => {
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    const variables = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
    const folders = variables.map((name) => process.env[name]).filter(Boolean);
    return folders.flatMap((folder) => names.map((name) => join(folder, name)));
  },
};

/**
 * Launch options for Puppeteer and Playwright alike. TEST_BROWSER chooses: a path, or `bundled` for the npm package's.
 */
export async function browserLaunchOptions() {
  const wanted = process.env.TEST_BROWSER;
  if (wanted === 'bundled') return bundledBrowser();
  const candidates = [wanted, process.env.CHROME_PATH, ...(INSTALLED[process.platform]?.() ?? [])];
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (!executablePath) return bundledBrowser();
  // Chromium's sandbox refuses to work for root, and in most containers.
  const needsNoSandbox = Boolean(process.env.CI) || process.getuid?.() === 0;
  return { headless: true, executablePath, args: [...QUIET, ...(needsNoSandbox ? ['--no-sandbox'] : [])] };
}

/** The Chromium that @sparticuz/chromium carries for Linux, unpacked once below node_modules. */
async function bundledBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser found. Install Chrome, Chromium or Edge, or set CHROME_PATH.');
  }
  const home = await unpack();
  const libraries = [join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    headless: true,
    executablePath: join(home, 'chromium'),
    args: [...QUIET, '--no-sandbox'],
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(home, 'fonts.conf') },
  };
}

async function unpack() {
  const source = packageFolder('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  const home = join(root, 'node_modules/.cache', `chromium-${version}`);
  if (existsSync(home)) return home;

  const { extract } = await import('tar-fs');
  mkdirSync(dirname(home), { recursive: true });
  const temporary = mkdtempSync(`${home}.`);
  const inflate = (file, sink) => pipeline(createReadStream(join(source, 'bin', file)), createBrotliDecompress(), sink);
  await Promise.all([
    inflate('chromium.br', createWriteStream(join(temporary, 'chromium'), { mode: 0o755 })),
    inflate('al2023.tar.br', extract(join(temporary, 'al2023'))),
    inflate('fonts.tar.br', extract(join(temporary, 'fonts'))),
    inflate('swiftshader.tar.br', extract(temporary)),
    writeFile(join(temporary, 'fonts.conf'), fontConfiguration(home)),
  ]);
  try {
    renameSync(temporary, home);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another test run has unpacked it in the meantime: then there is nothing left to do.
    if (!existsSync(home)) throw error;
  }
  return home;
}

/** The package's own configuration names folders of AWS Lambda; without any font Chromium aborts on the first text. */
const fontConfiguration = (home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`;

/** A package's folder, where its exports hide package.json. */
function packageFolder(name) {
  const folder = require.resolve
    .paths(name)
    .map((path) => join(path, name))
    .find((path) => existsSync(path));
  if (!folder) throw new Error(`The package ${name} is not installed, and no browser was found.`);
  return folder;
}
