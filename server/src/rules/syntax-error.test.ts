import { testRule } from '../../../test/engine/rule-suite';
import { syntaxError } from './syntax-error';

function says(text: string, message: RegExp): { fixture: string; message: RegExp } {
  return { fixture: `\n#- /a.nix\n${text}\n`, message };
}

testRule(syntaxError, {
  finds: {
    'a semicolon that is not there': `
#- /a.nix
{
  containers.a = {
    hostAddress = "10.0.0.1"
#                          ^ error syntax-error
    localAddress = "10.0.0.2";
  };
}
`,
    'a stray word before a function, which spoils all that follows': `
#- /a.nix
h
config: name: let
#     ^ error syntax-error
  inherit (config) a b;
  c = a name;
  d = [ b c ];
in { containers.x = c; containers.y = d; }
`,
    'each binding that is broken': `
#- /a.nix
{ config lib, ... }: {
#       ^^^^ error syntax-error
  a = [ 80 ;
#        ^ error syntax-error
  b = { port = ; };
#            ^ error syntax-error
}
`,
  },
  silent: {
    'all of Nix': `
#- /a.nix
{ config, lib ? null, ... }@args: with lib; let inherit (args) x; y = rec { a = 1; b = a; }; in assert true; {
  "quoted".\${"name"} = ''
    indented ''\${not} \${toString y.a}
  '';
  list = [ ./a.nix <nixpkgs> https://example.org/x 1.5 (-1) ];
  f = { a, b, }: a // b;
  g = if x ? y.z && !true || false -> true then x.y or 1 else { };
}
`,
    pipes: `
#- /a.nix
{ a = [ 1 ] |> map (x: x + 1); }
`,
    'an inherit without names': `
#- /a.nix
{ x, ... }: { inherit (x) ; }
`,
    'an empty file and one of comments': `
#- /a.nix

#- /b.nix
# nothing here
`,
  },
  says: {
    'what has no semicolon': says('{ a = 1 }', /`;` is missing after the value of `a`\./),
    'what has no value': says('{ port = ; }', /The value of `port` is missing\./),
    'which bracket is open': says('{\n  a = [ 80 ;\n}', /`\]` is missing: it closes `\[` opened on line 2\./),
    'the comma of a module head': says(
      '{ config, pkgs ... }: { }',
      /`,` is missing before `\.\.\.` in the function's arguments\./,
    ),
    'a half-typed selection': says(
      '{ a = "${config.containers.}"; }',
      /An attribute name is missing after `\.`\./,
    ),
    'a bracket of another kind than the open one': says(
      '{\n  packages = {\n    web = import\n  });\n  more = 1;\n}',
      /`\)` is not expected here: `\{` opened on line 1 is still open\./,
    ),
    'a brace too many': says('{ a = 1; } }', /`}` closes nothing/),
    'a merge conflict': says(
      '{\n<<<<<<< HEAD\n  a = 1;\n=======\n  a = 2;\n>>>>>>> other\n}',
      /Unresolved merge conflict/,
    ),
    'a value that breaks off': says(
      '{ pkgs, ... }: {\n  environment.systemPackages = with\n}',
      /The value of `environment\.systemPackages` is not complete\./,
    ),
    'a name alone': says(
      '{\n  containers.a = {\n    autoStart = true;\n    local\n  };\n}',
      /`local` is not complete/,
    ),
  },
});
