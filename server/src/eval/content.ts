import { isInside, normalizePath } from '../nix/paths';
import { path } from './construct';
import type { Thunk } from './thunk';
import { raise, Unknown, type Machine, type Origin, type StringValue, type Value } from './value';

/**
 * What is read where a text that is not known is used as a path. `"${./x}"` names a path in the Nix store, whose name is
 * not known, yet importing it reads `./x`.
 */
export interface Content {
  /** The path of the snapshot that holds the same; null for what lies outside the repository. */
  readonly path: string | null;
  /** What importing it gives. Throws `Unknown` or `Failure`. */
  import(at: Origin, machine: Machine): Value;
  /** What the text names when more text follows it; null where that is not known. */
  followedBy(text: string): Content | null;
}

/** A string whose text is not known, but what it names is. Reading the text throws `Unknown`. */
export class NamingText implements StringValue {
  readonly type = 'string';
  constructor(
    readonly unknownText: Unknown,
    readonly content: Content,
    readonly origin: Origin,
  ) {}

  get text(): string {
    return raise(this.unknownText);
  }

  /** The string with more text behind it. Throws `Unknown` where nothing is known of that one. */
  followedBy(text: string, origin: Origin): NamingText {
    const content = this.content.followedBy(text);
    return content === null ? raise(this.unknownText) : new NamingText(this.unknownText, content, origin);
  }
}

/** The content of a path that was copied into the store: itself and what is below it, nothing beside it. */
function copyContent(root: string, below: string): Content {
  const target = normalizePath(root + below);
  return {
    path: target,
    import: (at, machine) => machine.importFile(target, at),
    followedBy(text) {
      const longer = below + text;
      const isBelow = longer === '' || longer.startsWith('/');
      return isBelow && isInside(root, normalizePath(root + longer)) ? copyContent(root, longer) : null;
    },
  };
}

/**
 * The string that names a path's copy in the store.
 * @param root what is copied
 * @param below the rest of the path, empty or beginning with a slash
 */
export function copyOf(root: string, below: string, at: Origin): NamingText {
  const reason = new Unknown(
    'external',
    'interpolating a path copies it into the store, whose address is not known',
    at,
  );
  return new NamingText(reason, copyContent(root, below), at);
}

/** A thunk's value; for a string that names a path of the repository, that path. Throws `Unknown` or `Failure`. */
export function valueOrPath(thunk: Thunk): Value {
  const value = thunk.force();
  if (!(value instanceof NamingText)) return value;
  return value.content.path === null ? raise(value.unknownText) : path(value.content.path, value.origin);
}
