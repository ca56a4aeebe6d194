import { chromium } from 'playwright-core';
import { CHROMIUM, firstOf } from '../setup/system-tools.mjs';

/** Flags for a browser without a window that talks to nobody by itself. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the system's Chromium without a window. */
export function launchChromium() {
  return chromium.launch({ executablePath: firstOf(CHROMIUM), args: FLAGS });
}
