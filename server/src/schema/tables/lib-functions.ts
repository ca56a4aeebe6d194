/** Functions of nixpkgs' `lib` (and Nix's own of the same names) that homelabs call. Source: nixpkgs, lib/*.nix, read at 25.11. */

/** A function with the arguments that it takes one after the other. */
export interface LibFunction {
  readonly name: string;
  /** What it does: a sentence. */
  readonly description: string;
  readonly parameters: readonly LibParameter[];
}

export interface LibParameter {
  readonly name: string;
  /** What is to be given: a phrase. */
  readonly description: string;
}

function fn(name: string, description: string, parameters: Readonly<Record<string, string>>): LibFunction {
  return {
    name,
    description,
    parameters: Object.entries(parameters).map(([parameter, text]) => ({
      name: parameter,
      description: text,
    })),
  };
}

const DEFINITION = 'what is defined: a value, or a set of options';

export const LIB_FUNCTIONS: readonly LibFunction[] = [
  // modules
  fn('mkIf', 'Defines something only where a condition holds; elsewhere it is as if nothing were written.', {
    condition: 'a Boolean, which may depend on `config`',
    content: DEFINITION,
  }),
  fn(
    'mkMerge',
    'Puts several definitions in the place of one: they are merged as if they stood in several files.',
    {
      contents: 'a list of definitions',
    },
  ),
  fn('mkDefault', 'Defines a value that every plain definition overrides (priority 1000).', {
    content: DEFINITION,
  }),
  fn('mkForce', 'Defines a value that overrides plain definitions (priority 50).', { content: DEFINITION }),
  fn(
    'mkOverride',
    'Defines a value with a priority of its own: the lowest number wins; a plain definition has 100.',
    {
      priority: 'a number: 50 forces, 1000 is a default, 1500 an option’s own default',
      content: DEFINITION,
    },
  ),
  fn(
    'mkOrder',
    'Says where a definition stands among the others of a list or of lines: the lowest number comes first.',
    {
      order: 'a number: 500 is `mkBefore`, 1000 usual, 1500 `mkAfter`',
      content: 'a list, or lines of text',
    },
  ),
  fn('mkBefore', 'Puts a list, or lines, before what other definitions say (order 500).', {
    content: 'a list, or lines of text',
  }),
  fn('mkAfter', 'Puts a list, or lines, behind what other definitions say (order 1500).', {
    content: 'a list, or lines of text',
  }),
  fn(
    'mkVMOverride',
    'Defines a value that overrides plain definitions a little (priority 10), meant for test machines.',
    {
      content: DEFINITION,
    },
  ),
  // options
  fn('mkOption', 'Declares an option.', {
    attributes: 'a set with `type`, `default`, `example`, `description`, `apply`, all of them optional',
  }),
  fn('mkEnableOption', 'Declares a Boolean option that is off by default and switches something on.', {
    name: 'what it switches on, as it reads behind “Whether to enable”',
  }),
  fn('mkPackageOption', 'Declares an option for a package, with one of nixpkgs as its default.', {
    pkgs: 'the set of packages',
    name: 'the package’s name, or a list of names that leads to it',
    attributes: 'a set with `default`, `example`, `nullable`, `pkgsText`, `extraDescription`; usually `{ }`',
  }),
  fn(
    'mkRenamedOptionModule',
    'Makes a module that passes what is set under an old name on to a new one, with a warning.',
    {
      from: 'the old path, as a list of names',
      to: 'the new path, as a list of names',
    },
  ),
  // conditions
  fn('optional', 'A list with one element where a condition holds, else the empty list.', {
    condition: 'a Boolean',
    element: 'the element',
  }),
  fn('optionals', 'A list where a condition holds, else the empty list.', {
    condition: 'a Boolean',
    elements: 'a list',
  }),
  fn('optionalString', 'A text where a condition holds, else the empty one.', {
    condition: 'a Boolean',
    text: 'a string',
  }),
  fn(
    'optionalAttrs',
    'A set where a condition holds, else the empty one. In a module the condition cannot depend on `config`: there it is `mkIf`.',
    {
      condition: 'a Boolean',
      attributes: 'a set',
    },
  ),
  // attribute sets
  fn('mapAttrs', 'A set with the same names and other values.', {
    function: '`name: value: …`, which gives the new value',
    attributes: 'a set',
  }),
  fn("mapAttrs'", 'A set with other names and other values.', {
    function: '`name: value: nameValuePair …`, which gives the new name and value',
    attributes: 'a set',
  }),
  fn('mapAttrsToList', 'A list made of a set, in the order of its names.', {
    function: '`name: value: …`, which gives an element',
    attributes: 'a set',
  }),
  fn('concatMapAttrs', 'One set put together of those that a function makes of each attribute.', {
    function: '`name: value: …`, which gives a set',
    attributes: 'a set',
  }),
  fn('filterAttrs', 'The attributes of a set that are wanted.', {
    predicate: '`name: value: …`, which says whether it is wanted',
    attributes: 'a set',
  }),
  fn('genAttrs', 'A set whose values a function makes of its names.', {
    names: 'a list of names',
    function: '`name: …`, which gives the value',
  }),
  fn('listToAttrs', 'A set made of pairs of name and value.', {
    pairs: 'a list of `{ name = …; value = …; }`; of two with one name the first counts',
  }),
  fn('nameValuePair', 'The pair `{ name = …; value = …; }`, as `listToAttrs` and `mapAttrs’` take it.', {
    name: 'the name',
    value: 'the value',
  }),
  fn(
    'recursiveUpdate',
    'Two sets put into each other at every depth; where both have something else than a set, the second wins.',
    {
      left: 'a set',
      right: 'a set, whose values win',
    },
  ),
  fn('attrByPath', 'What is at a path in a set, or a default where nothing is.', {
    path: 'a list of names',
    default: 'what it is where there is nothing',
    attributes: 'a set',
  }),
  fn('setAttrByPath', 'A set that holds one value at a path.', {
    path: 'a list of names',
    value: 'the value',
  }),
  fn('getAttrs', 'The attributes of these names.', {
    names: 'a list of names',
    attributes: 'a set that has them all',
  }),
  fn('foldlAttrs', 'One value gathered from the attributes of a set, in the order of their names.', {
    function: '`before: name: value: …`, which gives the next',
    start: 'what it begins with',
    attributes: 'a set',
  }),
  fn('removeAttrs', 'A set without the attributes of these names.', {
    attributes: 'a set',
    names: 'a list of names',
  }),
  // lists
  fn('map', 'A list of what a function makes of each element.', { function: '`element: …`', list: 'a list' }),
  fn('filter', 'The elements of a list that are wanted.', {
    predicate: '`element: …`, which says whether it is wanted',
    list: 'a list',
  }),
  fn('concatMap', 'One list put together of those that a function makes of each element.', {
    function: '`element: …`, which gives a list',
    list: 'a list',
  }),
  fn('imap0', 'A list of what a function makes of each element and its number, counted from 0.', {
    function: '`number: element: …`',
    list: 'a list',
  }),
  fn('imap1', 'A list of what a function makes of each element and its number, counted from 1.', {
    function: '`number: element: …`',
    list: 'a list',
  }),
  fn("foldl'", 'One value gathered from a list, from its beginning to its end.', {
    function: '`before: element: …`, which gives the next',
    start: 'what it begins with',
    list: 'a list',
  }),
  fn('range', 'The whole numbers from one to another, both included.', {
    first: 'a number',
    last: 'a number',
  }),
  fn('elem', 'Whether a list has an element.', { element: 'what is looked for', list: 'a list' }),
  fn('elemAt', 'The element of a list at a place, counted from 0.', { list: 'a list', place: 'a number' }),
  fn('findFirst', 'The first element that is wanted, or a default.', {
    predicate: '`element: …`, which says whether it is wanted',
    default: 'what it is where none is',
    list: 'a list',
  }),
  fn('flatten', 'A list without lists inside.', { list: 'a list' }),
  fn('unique', 'A list in which each element stands once.', { list: 'a list' }),
  fn('genList', 'A list of what a function makes of the numbers from 0 on.', {
    function: '`number: …`',
    length: 'how many elements there are',
  }),
  fn('singleton', 'A list of one element.', { element: 'the element' }),
  fn('head', 'The first element of a list.', { list: 'a list that is not empty' }),
  fn('tail', 'A list without its first element.', { list: 'a list that is not empty' }),
  fn('last', 'The last element of a list.', { list: 'a list that is not empty' }),
  fn('length', 'How many elements a list has.', { list: 'a list' }),
  fn('reverseList', 'A list from its end to its beginning.', { list: 'a list' }),
  fn('concatLists', 'The elements of several lists as one list.', { lists: 'a list of lists' }),
  fn('any', 'Whether one of the elements is wanted.', {
    predicate: '`element: …`, which says whether it is wanted',
    list: 'a list',
  }),
  fn('all', 'Whether all of the elements are wanted.', {
    predicate: '`element: …`, which says whether it is wanted',
    list: 'a list',
  }),
  fn('groupBy', 'Lists of the elements of which a function says the same, by what it says.', {
    function: '`element: …`, which gives a name',
    list: 'a list',
  }),
  fn('sort', 'A list in order.', {
    comparison: '`first: second: …`, which says whether the first comes before the second',
    list: 'a list',
  }),
  // strings
  fn('concatStrings', 'The texts of a list as one text.', { texts: 'a list of strings' }),
  fn('concatLines', 'The texts of a list as lines, each with its end.', { texts: 'a list of strings' }),
  fn('toLower', 'A text in small letters.', { text: 'a string' }),
  fn('toUpper', 'A text in capital letters.', { text: 'a string' }),
  fn('trim', 'A text without the blanks at both ends.', { text: 'a string' }),
  fn('substring', 'A part of a text.', {
    start: 'where it begins, counted from 0',
    length: 'how long it is; a negative number means to the end',
    text: 'a string',
  }),
  fn('escapeShellArg', 'A text in quotes, so that a shell takes it for one word.', { text: 'a string' }),
  fn('escapeShellArgs', 'The texts of a list in quotes, as words of a shell.', {
    texts: 'a list of strings',
  }),
  fn('versionAtLeast', 'Whether a version is another one or a later one.', {
    version: 'the version that is asked about, as a string',
    other: 'the version that it is compared with',
  }),
  fn('versionOlder', 'Whether a version is an earlier one than another.', {
    version: 'the version that is asked about, as a string',
    other: 'the version that it is compared with',
  }),
  fn('makeBinPath', 'The `bin` folders of packages, with `:` between them.', {
    packages: 'a list of packages',
  }),
  fn('getExe', 'The path of a package’s main program.', { package: 'a package that says which one that is' }),
  fn('boolToString', 'A Boolean as the text `"true"` or `"false"`.', { value: 'a Boolean' }),
  fn('concatStringsSep', 'The texts of a list, with another between them.', {
    separator: 'what stands between them',
    texts: 'a list of strings',
  }),
  fn('concatMapStringsSep', 'What a function makes of each element, as one text with another between.', {
    separator: 'what stands between them',
    function: '`element: …`, which gives a string',
    list: 'a list',
  }),
  fn('concatMapStrings', 'What a function makes of each element, as one text.', {
    function: '`element: …`, which gives a string',
    list: 'a list',
  }),
  fn('removeSuffix', 'A text without its end, where it ends so.', { suffix: 'the end', text: 'a string' }),
  fn('removePrefix', 'A text without its beginning, where it begins so.', {
    prefix: 'the beginning',
    text: 'a string',
  }),
  fn('hasPrefix', 'Whether a text begins so.', { prefix: 'the beginning', text: 'a string' }),
  fn('hasSuffix', 'Whether a text ends so.', { suffix: 'the end', text: 'a string' }),
  fn('hasInfix', 'Whether a text has another inside.', { infix: 'what is looked for', text: 'a string' }),
  fn('splitString', 'The parts of a text, between a separator.', {
    separator: 'what stands between them',
    text: 'a string',
  }),
  fn('replaceStrings', 'A text in which some texts stand for others.', {
    from: 'a list of texts that are looked for',
    to: 'a list, as long, of what stands for them',
    text: 'a string',
  }),
  fn('toInt', 'The whole number that a text says.', { text: 'a string such as `"8080"`' }),
  fn('fixedWidthString', 'A text filled up at its beginning.', {
    width: 'how long it becomes',
    filler: 'one character',
    text: 'a string',
  }),
  // others
  fn('attrNames', 'The names in a set, in order.', { attributes: 'a set' }),
  fn('attrValues', 'The values of a set, in the order of their names.', { attributes: 'a set' }),
  fn('attrsToList', 'A set as a list of `{ name = …; value = …; }`.', { attributes: 'a set' }),
  fn('hasAttr', 'Whether a set has a name.', { name: 'the name', attributes: 'a set' }),
  fn('literalExpression', 'Nix that stands for a value in the documentation of an option.', {
    text: 'the Nix, as a string',
  }),
  fn('pipe', 'A value passed through functions, one after the other.', {
    value: 'what goes in',
    functions: 'a list of functions',
  }),
  fn('flip', 'A function of two arguments, called with them the other way round.', {
    function: 'a function of two arguments',
    second: 'its second argument',
    first: 'its first argument',
  }),
  fn('importJSON', 'What a file of JSON says.', { path: 'the file' }),
  fn('importTOML', 'What a file of TOML says.', { path: 'the file' }),
  fn('warnIf', 'A value, with a warning where a condition holds.', {
    condition: 'a Boolean',
    message: 'the warning',
    value: 'the value',
  }),
  fn('throwIf', 'A value, or an error where a condition holds.', {
    condition: 'a Boolean',
    message: 'the error',
    value: 'the value',
  }),
];
