import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Reads Traefik's configuration out of its Go sources: what its structs take from a file, and of what type. */

const MODULE = 'github.com/traefik/traefik/v3/';
const OLDER_MODULE = 'github.com/traefik/traefik/v2/';

const SCALARS = {
  string: 'string',
  bool: 'boolean',
  float64: 'number',
  'ptypes.Duration': 'duration',
  'types.Duration': 'duration',
  'time.Duration': 'duration',
  'types.FileOrContent': 'file or content',
  'traefiktls.FileOrContent': 'file or content',
  FileOrContent: 'file or content',
};

/**
 * The fields of a configuration, by path: `http.routers.<name>.rule`; `*` stands for the elements of a list.
 * @param {string} checkout a checkout of Traefik
 * @param {'dynamic' | 'static'} part
 * @returns {Map<string, { type: string, emptyAllowed: boolean }>}
 */
export function goFields(checkout, part) {
  const sources = new Sources(checkout);
  const fields = new Map();
  sources.visit(`pkg/config/${part}`, 'Configuration', '', fields, []);
  return fields;
}

class Sources {
  #packages = new Map();

  constructor(checkout) {
    this.checkout = checkout;
  }

  /** The structs of a package, and what its files import. */
  #package(folder) {
    const known = this.#packages.get(folder);
    if (known !== undefined) return known;
    const structs = new Map();
    const others = new Map();
    const full = path.join(this.checkout, folder);
    const files = existsSync(full) ? readdirSync(full) : [];
    for (const file of files) {
      if (!file.endsWith('.go') || file.endsWith('_test.go')) continue;
      const text = readFileSync(path.join(full, file), 'utf8');
      const imports = new Map();
      for (const [, alias, target] of text.matchAll(/^\s*(?:import\s+)?([\w.]+)?\s*"([^"]+)"$/gm)) {
        const own = target.replace(MODULE, '').replace(OLDER_MODULE, '');
        imports.set(alias ?? path.posix.basename(target), own === target ? null : own);
      }
      for (const [, name, body = ''] of text.matchAll(/^type (\w+) struct ?\{(?:\n([\s\S]*?)^)?\}/gm))
        structs.set(name, { body, imports });
      for (const [, name, target] of text.matchAll(/^type (\w+) =? ?([\w.*[\]]+)$/gm))
        others.set(name, { target, imports });
    }
    const found = { structs, others };
    this.#packages.set(folder, found);
    return found;
  }

  /** Adds what a struct takes, and what is below that. */
  visit(folder, name, prefix, fields, above) {
    const struct = this.#package(folder).structs.get(name);
    const self = `${folder}.${name}`;
    if (struct === undefined || above.includes(self)) return;
    for (const line of struct.body.split('\n')) {
      const embedded = /^\t\*?(?:(\w+)\.)?([A-Z]\w*)(?:\s+`([^`]*)`)?\s*(?:\/\/.*)?$/.exec(line);
      if (embedded !== null) {
        const target = embedded[1] === undefined ? folder : struct.imports.get(embedded[1]);
        if (target != null) this.visit(target, embedded[2], prefix, fields, [...above, self]);
        continue;
      }
      const field = /^\t([A-Z]\w*)\s+([^\s`]+(?:\{\})?)(?:\s+`([^`]*)`)?/.exec(line);
      if (field === null) continue;
      const [, own, type, tags = ''] = field;
      if (
        /\bfile:"-"/.test(tags) ||
        (/\bjson:"-"/.test(tags) && /\btoml:"-"/.test(tags) && /\byaml:"-"/.test(tags))
      )
        continue;
      const shown = /\bjson:"(\w+)/.exec(tags)?.[1];
      const key =
        shown !== undefined && shown.toLowerCase() === own.toLowerCase()
          ? shown
          : own[0].toLowerCase() + own.slice(1);
      const emptyAllowed = /\bfile:"allowEmpty"/.test(tags);
      this.#field({ folder, imports: struct.imports, type }, prefix + key, emptyAllowed, fields, [
        ...above,
        self,
      ]);
    }
  }

  #field(at, where, emptyAllowed, fields, above) {
    const bare = at.type.replace(/^\*/, '');
    const list = /^\[\](.+)$/.exec(bare);
    const map = /^map\[string\](.+)$/.exec(bare);
    if (list !== null) {
      const element = this.#element(at, list[1]);
      fields.set(where, { type: `list of ${element.kind}`, emptyAllowed: true });
      if (element.kind === 'set') this.visit(element.folder, element.name, `${where}.*.`, fields, above);
    } else if (map !== null) {
      const element = this.#element(at, map[1]);
      fields.set(where, { type: `map of ${element.kind}`, emptyAllowed });
      if (element.kind === 'set') this.visit(element.folder, element.name, `${where}.<name>.`, fields, above);
    } else {
      const target = this.#resolve({ ...at, type: bare });
      if (target.kind === 'named') this.#field(target.at, where, emptyAllowed, fields, above);
      else {
        fields.set(where, { type: target.kind, emptyAllowed });
        if (target.kind === 'set') this.visit(target.folder, target.name, `${where}.`, fields, above);
      }
    }
  }

  /** The type of a list's or map's elements, with other names for it looked through. */
  #element(at, type) {
    let found = this.#resolve({ ...at, type: type.replace(/^\*/, '') });
    while (found.kind === 'named') found = this.#resolve(found.at);
    return found;
  }

  /** What a type is: a scalar in the tables' words, a set, or another name for a type. */
  #resolve({ folder, imports, type }) {
    if (SCALARS[type] !== undefined) return { kind: SCALARS[type] };
    if (/^u?int\d*$/.test(type)) return { kind: 'integer' };
    if (/^(?:any|interface\{\}|map\[string\].*)$/.test(type)) return { kind: 'anything' };
    if (type === 'struct{}') return { kind: 'set', folder, name: '' };
    const [, alias, name] = /^(?:(\w+)\.)?(\w+)$/.exec(type) ?? [];
    const target = alias === undefined ? folder : imports.get(alias);
    if (name === undefined) return { kind: `unread (${type})` };
    if (target == null) return { kind: `outside (${type})` };
    const known = this.#package(target);
    if (known.structs.has(name)) return { kind: 'set', folder: target, name };
    const other = known.others.get(name);
    if (other === undefined) return { kind: `unread (${type})` };
    return { kind: 'named', at: { folder: target, imports: other.imports, type: other.target } };
  }
}
