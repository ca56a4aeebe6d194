import { systemOf } from '../eval/modules/system';
import type { ModuleSystem } from '../eval/modules/system';
import { attempt, inspect } from '../eval/thunk';
import { locate } from '../homelab/homelab';
import type { Container } from '../homelab/model';
import { optionThunk, setOf } from '../homelab/read';
import { writeString } from '../nix/write';
import { fixOf } from './places';
import { finding } from './rule';
import { perContainer } from './scopes';

/** A hardware address that NixOS refuses, or that no interface may have. */
export const invalidMac = perContainer({
  id: 'invalid-mac',
  severity: 'error',
  description: 'A `localMacAddress` is no hardware address of an interface.',
  *look(homelab, host, container) {
    for (const [option, system] of linksOf(container)) {
      const definitions = attempt(() => system.option(['localMacAddress'])?.definitions() ?? []);
      const [definition] = Array.isArray(definitions) ? definitions : [];
      const value = definition === undefined ? null : inspect(definition.value);
      if (value === null || !('type' in value) || value.type !== 'string' || definition?.maybe !== null)
        continue;
      const problem = problemOf(value.text);
      const at = locate(homelab, definition.value.origin);
      if (problem === null || at === null) continue;
      const better = mended(value.text);
      const literal = value.origin?.kind === 'string' ? locate(homelab, value.origin) : null;
      yield finding(invalidMac, {
        at,
        host,
        incomplete: isBegun(value.text),
        message: `"${value.text}" cannot be the \`${option}\` of ${container.name}: ${problem}.${better === null ? '' : ` Write "${better}".`}`,
        fixes: [
          better === null || literal === null
            ? null
            : fixOf(`Write "${better}"`, {
                file: literal.file,
                range: literal.range,
                newText: writeString(better),
              }),
        ],
      });
    }
  },
});

function linksOf({ system }: Container): [string, ModuleSystem][] {
  const found: [string, ModuleSystem][] = [['localMacAddress', system]];
  for (const [name, { value }] of setOf(optionThunk(system, ['extraVeths']))?.entries ?? []) {
    const link = systemOf(inspect(value));
    if (link !== null) found.push([`extraVeths.${name}.localMacAddress`, link]);
  }
  return found;
}

/** Source: the option's pattern, `([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}`; an odd first byte is an address of a group. */
function problemOf(text: string): string | null {
  if (!/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text))
    return 'it is to be six pairs of hexadecimal digits with `:` between them';
  if (/^00(?::00){5}$/.test(text)) return 'it is all zeros';
  return Number.parseInt(text.slice(0, 2), 16) % 2 === 1
    ? 'its first pair is odd, which makes it an address of many receivers'
    : null;
}

/** Whether a text is the beginning of a hardware address. */
function isBegun(text: string): boolean {
  return text.length < 17 && /^(?:[0-9a-f]{2}:){0,5}[0-9a-f]{0,2}$/i.test(text);
}

/** Written with `-`, with `.`, or without anything between the pairs; an odd first pair becomes a local address. */
function mended(text: string): string | null {
  const digits = text.replace(/[-:.]/g, '').toLowerCase();
  if (!/^[0-9a-f]{12}$/.test(digits) || /^0+$/.test(digits)) return null;
  const first = Number.parseInt(digits.slice(0, 2), 16);
  const own = first % 2 === 1 ? ((first & 0xfe) | 0x02).toString(16).padStart(2, '0') : digits.slice(0, 2);
  return [own, ...(digits.slice(2).match(/../g) ?? [])].join(':');
}
