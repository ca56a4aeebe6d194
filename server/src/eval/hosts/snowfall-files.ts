import { normalizePath } from '../../nix/paths';
import { copyOf } from '../content';
import { forcePath } from '../builtins/files';
import { forceString } from '../arguments';
import { listing } from '../lib/filesystem';
import { attr, attrs, list, primop, record } from '../construct';
import { define } from '../primop';
import { ready, type Thunk } from '../thunk';
import { Unknown, type Attr, type AttrsValue, type Call, type Primop } from '../value';

/** `lib.snowfall.fs`: files of the flake. Source: github:snowfallorg/lib, snowfall-lib/fs/default.nix. */

type Wanted = (name: string, kind: string) => boolean;

const isNix: Wanted = (name, kind) => kind === 'regular' && name.endsWith('.nix');
const isDefault: Wanted = (name, kind) => kind === 'regular' && name === 'default.nix';

/** Which entries of a folder each function lists; `-recursive` is added where it looks into folders too. */
const LISTINGS: Readonly<Record<string, Wanted>> = {
  'get-files': (_name, kind) => kind === 'regular',
  'get-nix-files': isNix,
  'get-default-nix-files': isDefault,
  'get-non-default-nix-files': (name, kind) => isNix(name, kind) && name !== 'default.nix',
};

/** A text that names a file of the flake in the Nix store. */
function stored(source: string, file: string): Thunk {
  return ready(copyOf(source, source === '/' ? file : file.slice(source.length), null));
}

function listed(source: string, folder: string, wanted: Wanted, recursive: boolean, call: Call): Thunk[] {
  if (call.machine.entry(folder).kind === 'missing') return [];
  return listing(folder, call).flatMap(({ name, kind }) => {
    const target = `${folder === '/' ? '' : folder}/${name}`;
    if (recursive && kind === 'directory') return listed(source, target, wanted, recursive, call);
    return wanted(name, kind) ? [stored(source, target)] : [];
  });
}

/** `lib.snowfall` of a flake. */
export function snowfallFiles(source: string, root: string): AttrsValue {
  const functions: Primop[] = [
    define('get-file', 1, (call, name) =>
      stored(source, normalizePath(`${source}/${forceString(name, call)}`)).force(),
    ),
    define('get-snowfall-file', 1, (call, name) =>
      stored(source, normalizePath(`${root}/${forceString(name, call)}`)).force(),
    ),
    define('get-directories', 1, (call, folder) =>
      list(
        listed(source, forcePath(folder, call), (_name, kind) => kind === 'directory', false, call),
        call.at,
      ),
    ),
  ];
  for (const [name, wanted] of Object.entries(LISTINGS)) {
    for (const recursive of [false, true]) {
      const shown = recursive ? `${name}-recursive` : name;
      functions.push(
        define(shown, 1, (call, folder) =>
          list(listed(source, forcePath(folder, call), wanted, recursive, call), call.at),
        ),
      );
    }
  }
  const entries = functions.map((fn): [string, Attr] => [fn.name, attr(ready(primop(fn)))]);
  const more = new Unknown('unsupported', 'this function of snowfall-lib is not evaluated by this tool');
  return attrs(record({ fs: attrs(new Map(entries), null, more) }).entries, null, more);
}
