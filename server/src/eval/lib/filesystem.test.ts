import { examples } from './testing';

const FILES = {
  '/repo/a/b/default.nix': '{...}: {}\n',
  '/repo/a/b/two.txt': 'x\n',
  '/repo/a/one.nix': '{ n = 1; }\n',
  '/repo/c.d/f.json': '["j"]\n',
  '/repo/c.d/t.toml': 'k = 1\n',
  '/repo/pk/one.nix': '{ n }: "one${n}"\n',
  '/repo/pk/x/package.nix': '{ n }: "x${n}"\n',
  '/repo/pk/y/two.nix': '{ n }: "y${n}"\n',
  '/repo/top.txt': 'line\n\n',
};

/** Expected values are what `nix-instantiate --eval --strict` says with nixpkgs' lib. */

examples(
  'lib.filesystem',
  [
    ['map baseNameOf (lib.filesystem.listFilesRecursive /repo/a)', '[ "default.nix" "two.txt" "one.nix" ]'],
    [
      'filter (hasSuffix ".nix") (map toString (lib.filesystem.listFilesRecursive /repo))',
      '[ "/repo/a/b/default.nix" "/repo/a/one.nix" "/repo/pk/one.nix" "/repo/pk/x/package.nix" "/repo/pk/y/two.nix" ]',
    ],
    [
      'map toString (filter (hasSuffix ".nix") (lib.filesystem.listFilesRecursive /repo))',
      '[ "/repo/a/b/default.nix" "/repo/a/one.nix" "/repo/pk/one.nix" "/repo/pk/x/package.nix" "/repo/pk/y/two.nix" ]',
    ],
    ['map toString (filter (hasInfix "one") (lib.filesystem.listFilesRecursive /repo/a/b))', '[ ]'],
    [
      'lib.filesystem.listFilesRecursive "/repo/a"',
      '[ "/repo/a/b/default.nix" "/repo/a/b/two.txt" "/repo/a/one.nix" ]',
    ],
    ['lib.filesystem.listFilesRecursive /repo/nope', "error: path '/repo/nope' does not exist"],
    ['pathType /repo/a', '"directory"'],
    ['pathType /repo/top.txt', '"regular"'],
    ['pathType /repo/nope', "error: path '/repo/nope' does not exist"],
    ['pathIsDirectory /repo/a', 'true'],
    ['pathIsDirectory /repo/nope', 'false'],
    ['pathIsRegularFile /repo/top.txt', 'true'],
    ['pathIsRegularFile /repo/a', 'false'],
    [
      'packagesFromDirectoryRecursive { callPackage = f: a: import f { n = "!"; }; directory = /repo/pk; }',
      '{ one = "one!"; x = "x!"; y = { two = "y!"; }; }',
    ],
    [
      'packagesFromDirectoryRecursive { callPackage = f: a: import f { n = "!"; }; directory = /repo/pk/x; }',
      '"x!"',
    ],
    [
      'packagesFromDirectoryRecursive { callPackage = f: a: toString f; directory = /repo/a; }',
      '{ b = { default = "/repo/a/b/default.nix"; }; one = "/repo/a/one.nix"; }',
    ],
    ['lib.filesystem.haskellPathsInDir /repo', '{ }'],
    [String.raw`toString (lib.filesystem.locateDominatingFile "top\\.(txt)" /repo/a/b).path`, '"/repo"'],
    [String.raw`(lib.filesystem.locateDominatingFile "top\\.(txt)" /repo/a/b).matches`, '[ [ "txt" ] ]'],
    [
      String.raw`(lib.filesystem.locateDominatingFile "top\\.(txt)" /repo/a/one.nix).matches`,
      '[ [ "txt" ] ]',
    ],
    ['lib.filesystem.locateDominatingFile "nope-xyz" /repo/a/b', 'null'],
    ['toString (lib.filesystem.resolveDefaultNix /repo/a)', '"/repo/a/default.nix"'],
    ['lib.filesystem.resolveDefaultNix "x/"', "error: string 'x/' doesn't represent an absolute path"],
    ['importJSON /repo/c.d/f.json', '[ "j" ]'],
    ['importTOML /repo/c.d/t.toml', '{ k = 1; }'],
    ['fileContents /repo/top.txt', String.raw`"line\n"`],
    ['map (removeSuffix ".nix") (filter (hasSuffix ".nix") (attrNames (readDir /repo/a)))', '[ "one" ]'],
    [
      'filterAttrs (n: t: t == "directory") (readDir /repo)',
      '{ a = "directory"; "c.d" = "directory"; pk = "directory"; }',
    ],
    [
      'attrValues (mapAttrs (n: _: toString (/repo + "/${n}")) (filterAttrs (n: t: t == "regular") (readDir /repo)))',
      '[ "/repo/top.txt" ]',
    ],
    [
      'map toString (mapAttrsToList (n: _: /repo/a + "/${n}") (readDir /repo/a))',
      '[ "/repo/a/b" "/repo/a/one.nix" ]',
    ],
    [
      'map (p: hasInfix p /repo/top.txt) [ "top" "nope" "/nix/st" "-to" "e-t" "" ".txt" "xyz/" ]',
      '[ true false true true false true true false ]',
    ],
    [
      'map (p: hasSuffix p /repo/top.txt) [ ".txt" "top.txt" "-top.txt" "o-top.txt" ".nix" "" ]',
      '[ true true true false false true ]',
    ],
    [
      'map (p: hasPrefix p /repo/top.txt) [ "/nix/store/" "/nix" "" "/tmp" "/nix/store/e" ]',
      '[ true true true false false ]',
    ],
  ],
  FILES,
);

examples(
  'lib.fileset',
  [
    [
      'map toString (lib.fileset.toList (lib.fileset.fileFilter (f: f.hasExt "nix") /repo))',
      '[ "/repo/a/b/default.nix" "/repo/a/one.nix" "/repo/pk/one.nix" "/repo/pk/x/package.nix" "/repo/pk/y/two.nix" ]',
    ],
    [
      'map toString (lib.fileset.toList (lib.fileset.fileFilter (f: f.name != "default.nix" && f.type == "regular") /repo/a))',
      '[ "/repo/a/b/two.txt" "/repo/a/one.nix" ]',
    ],
    [
      'map toString (lib.fileset.toList (lib.fileset.fileFilter (f: f.hasExt "nix") /repo/a/one.nix))',
      '[ "/repo/a/one.nix" ]',
    ],
    [
      'map toString (lib.fileset.toList (lib.fileset.unions [ /repo/a/b /repo/top.txt (lib.fileset.maybeMissing /repo/nope) ]))',
      '[ "/repo/a/b/default.nix" "/repo/a/b/two.txt" "/repo/top.txt" ]',
    ],
    [
      'map toString (lib.fileset.toList (lib.fileset.union /repo/a/b /repo/a/one.nix))',
      '[ "/repo/a/b/default.nix" "/repo/a/b/two.txt" "/repo/a/one.nix" ]',
    ],
    ['map toString (lib.fileset.toList (lib.fileset.difference /repo/a /repo/a/b))', '[ "/repo/a/one.nix" ]'],
    [
      'map toString (lib.fileset.toList (lib.fileset.intersection /repo/a (lib.fileset.fileFilter (f: f.hasExt "nix") /repo)))',
      '[ "/repo/a/b/default.nix" "/repo/a/one.nix" ]',
    ],
    [
      'lib.fileset.toList /repo/nope',
      'error: lib.fileset.toList: Argument (/repo/nope) is a path that does not exist.',
    ],
    [
      'lib.fileset.toList "/repo/a"',
      'error: lib.fileset.toList: Argument is of type a string, but it should be a file set or a path instead.',
    ],
    [
      'lib.fileset.union /repo/a 3',
      'error: lib.fileset.union: Second argument is of type an integer, but it should be a file set or a path instead.',
    ],
    ['map toString (lib.fileset.toList lib.fileset.empty)', '[ ]'],
    ['lib.fileset.isFileset /repo/a', 'true'],
    ['lib.fileset.isFileset lib.fileset.empty', 'true'],
    ['lib.fileset.isFileset {}', 'false'],
    [
      'map toString (lib.fileset.toList (lib.fileset.fromSource /repo/a))',
      '[ "/repo/a/b/default.nix" "/repo/a/b/two.txt" "/repo/a/one.nix" ]',
    ],
  ],
  FILES,
);

examples(
  'lib.path',
  [
    ['map (x: toString (lib.path.append /repo x)) ["a" "./b/c" "."]', '[ "/repo/a" "/repo/b/c" "/repo" ]'],
    [
      'lib.path.append /repo "/a"',
      'error: lib.path.append: Second argument is not a valid subpath string:\n    The given string "/a" starts with a `/`, representing an absolute path',
    ],
    [
      'lib.path.append /repo "../a"',
      'error: lib.path.append: Second argument is not a valid subpath string:\n    The given string "../a" contains a `..` component, which is not allowed in subpaths',
    ],
    [
      'lib.path.append "/repo" "a"',
      'error: lib.path.append: The first argument is of type a string, but a path was expected',
    ],
    ['lib.path.hasPrefix /repo /repo/a', 'true'],
    ['lib.path.hasPrefix /repo/a /repo', 'false'],
    ['lib.path.hasPrefix /repo/a /repo/ab', 'false'],
    ['lib.path.hasPrefix /repo /repo', 'true'],
    ['lib.path.removePrefix /repo /repo/a/b', '"./a/b"'],
    ['lib.path.removePrefix /repo /repo', '"./."'],
    [
      'lib.path.removePrefix /repo/a /repo',
      'error: lib.path.removePrefix: The first path argument "/repo/a" is not a component-wise prefix of the second path argument "/repo".',
    ],
    ['(lib.path.splitRoot /repo/a).subpath', '"./repo/a"'],
    ['toString (lib.path.splitRoot /repo/a).root', '"/"'],
    ['lib.path.hasStorePathPrefix /repo', 'false'],
    ['lib.path.hasStorePathPrefix /tmp', 'false'],
    ['lib.path.subpath.isValid "./foo/bar"', 'true'],
    ['lib.path.subpath.isValid ""', 'false'],
    ['lib.path.subpath.isValid "/foo"', 'false'],
    ['lib.path.subpath.isValid "../foo"', 'false'],
    ['lib.path.subpath.isValid "a..b"', 'true'],
    ['lib.path.subpath.isValid 3', 'false'],
    ['lib.path.subpath.join [ "foo" "bar/baz" "./." ]', '"./foo/bar/baz"'],
    ['lib.path.subpath.join [ ]', '"./."'],
    [
      'lib.path.subpath.join [ "/a" ]',
      'error: lib.path.subpath.join: Element at index 0 is not a valid subpath string:\n    The given string "/a" starts with a `/`, representing an absolute path',
    ],
    ['lib.path.subpath.components "./foo//bar/"', '[ "foo" "bar" ]'],
    ['lib.path.subpath.components "."', '[ ]'],
    ['lib.path.subpath.normalise "foo//bar"', '"./foo/bar"'],
    ['lib.path.subpath.normalise "./foo/./bar/."', '"./foo/bar"'],
    ['lib.path.subpath.normalise "."', '"./."'],
    [
      'lib.path.subpath.normalise ""',
      'error: lib.path.subpath.normalise: Argument is not a valid subpath string:\n    The given string is empty',
    ],
  ],
  FILES,
);

examples(
  'lib.sources',
  [
    ['cleanSourceFilter "/x/.git" "directory"', 'false'],
    ['cleanSourceFilter "/x/a.o" "regular"', 'false'],
    ['cleanSourceFilter "/x/a.nix" "regular"', 'true'],
    ['cleanSourceFilter "/x/result" "symlink"', 'false'],
    ['cleanSourceFilter "/x/.a.swp" "regular"', 'false'],
    ['canCleanSource /repo', 'true'],
    ['lib.sources.urlToName "https://github.com/foo/bar.git"', '"bar"'],
    ['lib.sources.urlToName "git@x:foo/baz.tar.gz"', '"baz"'],
    ['revOrTag null "v1"', '"v1"'],
    ['revOrTag null null', '"HEAD"'],
    ['revOrTag "abc" null', '"abc"'],
  ],
  FILES,
);
