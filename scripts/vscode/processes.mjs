import { readdirSync, readFileSync } from 'node:fs';

/**
 * Process ids below `root`, by Linux' /proc; none on other systems.
 * @param {number} root
 * @returns {number[]}
 */
export function descendants(root) {
  const children = new Map();
  for (const { pid, parent } of processes()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = [];
  const walk = (parent) => {
    for (const pid of children.get(parent) ?? []) {
      found.push(pid);
      walk(pid);
    }
  };
  walk(root);
  return found;
}

/**
 * Waits until all of these processes have ended, and ends those that have not within five seconds.
 * @param {number[]} pids
 */
export async function endAll(pids) {
  for (let attempt = 0; attempt < 100 && pids.some(isRunning); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const pid of pids.filter(isRunning)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ended meanwhile
    }
  }
}

function processes() {
  const found = [];
  try {
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
      if (stat !== undefined) found.push({ pid: Number(name), parent: Number(stat[1]) });
    }
  } catch {
    // no /proc here
  }
  return found;
}

/** State and what follows it in /proc/PID/stat; the program's name before it may hold spaces. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  const stat = statOf(pid);
  return stat !== undefined && stat[0] !== 'Z';
}
