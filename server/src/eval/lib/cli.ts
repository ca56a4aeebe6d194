import { forceAttrs, forceBool, forceItems, sortedEntries } from '../arguments';
import { byteLength } from '../builtins/bytes';
import { list, string } from '../construct';
import { define } from '../primop';
import { ready, type Thunk } from '../thunk';
import { fail, type Call, type ListValue, type StringValue } from '../value';
import { valueText } from './generators';
import { shellArguments } from './strings-escape';
import { interpolated, invoke, invoked, readFormals, text, withFormals, type LibTable } from './support';

/** nixpkgs lib/cli.nix. */

const GNU = {
  mkOptionName: true,
  mkBool: true,
  mkList: true,
  mkOption: true,
  optionValueSeparator: true,
} as const;
const GNU_STYLE = { isLong: true, explicitBool: true, formatArg: true } as const;
const FORMAT = { option: false, sep: false, explicitBool: false, formatArg: true } as const;

/** `toGNUCommandLine`. */
function gnu(settings: Thunk, options: Thunk, call: Call): ListValue {
  const given = readFormals(settings, GNU, call);
  const optionName = (key: string): string => {
    if (given.mkOptionName !== null)
      return interpolated(invoked(call, given.mkOptionName, text(key, call)), call);
    return byteLength(key) === 1 ? `-${key}` : `--${key}`;
  };
  const option = (key: string, value: Thunk): readonly Thunk[] => {
    if (given.mkOption !== null)
      return forceItems(invoked(call, given.mkOption, text(key, call), value), call);
    if (value.force().type === 'null') return [];
    const separator = given.optionValueSeparator;
    if (separator === null || separator.force().type === 'null')
      return [text(optionName(key), call), text(valueText(value, call), call)];
    return [text(`${optionName(key)}${interpolated(separator, call)}${valueText(value, call)}`, call)];
  };
  const render = (key: string, value: Thunk): readonly Thunk[] => {
    const content = value.force();
    if (content.type === 'bool') {
      if (given.mkBool !== null) return forceItems(invoked(call, given.mkBool, text(key, call), value), call);
      return content.value ? [text(optionName(key), call)] : [];
    }
    if (content.type !== 'list') return option(key, value);
    if (given.mkList !== null) return forceItems(invoked(call, given.mkList, text(key, call), value), call);
    return forceItems(value, call).flatMap((item) => option(key, item));
  };
  return list(
    sortedEntries(forceAttrs(options, call), call).flatMap(([key, { value }]) => render(key, value)),
    call.at,
  );
}

interface Format {
  readonly option: string;
  readonly separator: string | null;
  readonly explicitBool: boolean;
  readonly argument: (value: Thunk) => string;
}

/** `toCommandLine`. */
function commandLine(format: (key: string) => Format, options: Thunk, call: Call): ListValue {
  const render = (key: string, value: Thunk): Thunk[] => {
    const { option, separator, explicitBool, argument } = format(key);
    const content = value.force();
    if (content.type === 'null') return [];
    if (content.type === 'bool' && !explicitBool) return content.value ? [text(option, call)] : [];
    if (separator !== null) return [text(`${option}${separator}${argument(value)}`, call)];
    return [text(option, call), text(argument(value), call)];
  };
  return list(
    sortedEntries(forceAttrs(options, call), call).flatMap(([key, { value }]) => {
      if (key === '') return fail('missing', "attribute 'throw' missing", call.at);
      return value.force().type === 'list'
        ? forceItems(value, call).flatMap((item) => render(key, item))
        : render(key, value);
    }),
    call.at,
  );
}

function writer(formatArg: Thunk | null, call: Call): (value: Thunk) => string {
  return formatArg === null
    ? (value) => valueText(value, call)
    : (value) => interpolated(invoked(call, formatArg, value), call);
}

function givenFormat(fn: Thunk, call: Call): (key: string) => Format {
  return (key) => {
    const { option, sep, explicitBool, formatArg } = readFormals(
      ready(invoke(call, fn, text(key, call))),
      FORMAT,
      call,
    );
    const separator = sep as Thunk;
    return {
      option: interpolated(option as Thunk, call),
      separator: separator.force().type === 'null' ? null : interpolated(separator, call),
      explicitBool: forceBool(explicitBool as Thunk, call),
      argument: writer(formatArg, call),
    };
  };
}

function gnuFormat(settings: Thunk, call: Call): (key: string) => Format {
  const { isLong, explicitBool, formatArg } = readFormals(settings, GNU_STYLE, call);
  return (key) => {
    const long =
      isLong === null ? byteLength(key) > 1 : forceBool(invoked(call, isLong, text(key, call)), call);
    return {
      option: `${long ? '--' : '-'}${key}`,
      separator: long ? '=' : '',
      explicitBool: explicitBool !== null && forceBool(explicitBool, call),
      argument: writer(formatArg, call),
    };
  };
}

function shell(words: ListValue, call: Call): StringValue {
  return string(shellArguments(ready(words), call), call.at);
}

export const cli: LibTable = {
  toGNUCommandLine: withFormals(
    define('toGNUCommandLine', 2, (call, settings, options) => gnu(settings, options, call)),
    GNU,
  ),
  toGNUCommandLineShell: define('toGNUCommandLineShell', 2, (call, settings, options) =>
    shell(gnu(settings, options, call), call),
  ),
  toCommandLine: define('toCommandLine', 2, (call, format, options) =>
    commandLine(givenFormat(format, call), options, call),
  ),
  toCommandLineShell: define('toCommandLineShell', 2, (call, format, options) =>
    shell(commandLine(givenFormat(format, call), options, call), call),
  ),
  toCommandLineGNU: withFormals(
    define('toCommandLineGNU', 2, (call, settings, options) =>
      commandLine(gnuFormat(settings, call), options, call),
    ),
    GNU_STYLE,
  ),
  toCommandLineShellGNU: define('toCommandLineShellGNU', 2, (call, settings, options) =>
    shell(commandLine(gnuFormat(settings, call), options, call), call),
  ),
};
