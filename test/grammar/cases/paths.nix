#- relative paths
  [ ./a.nix ../b-c/d_e.nix a/b ./. ]
#   ^^^^^^^ ^^^^^^^^^^^^^^ ^^^ ^^^ string.unquoted.path.nix

#- absolute paths and the home folder
  [ /etc/nixos ~/x.nix ]
#   ^^^^^^^^^^ ^^^^^^^ string.unquoted.path.nix

#- the search path
  [ <nixpkgs> <nixpkgs/nixos/lib> ]
#   ^^^^^^^^^ ^^^^^^^^^^^^^^^^^^^ string.unquoted.path.search.nix
#   ^ punctuation.definition.string.begin.nix
#           ^ punctuation.definition.string.end.nix

#- an interpolated path
  ../b/${x.y}.nix
# ^^^^^^^^^^^^^^^ string.unquoted.path.nix
#      ^^^^^^ meta.embedded.interpolation
#        ^ variable.other.nix
#          ^ variable.other.member.nix

#- an interpolation ends a path or begins its second part
  [ ./${a} ./c/${a}/d-${b} /${a}/b ]
#   ^^^^^^ ^^^^^^^^^^^^^^^ ^^^^^^^ string.unquoted.path.nix
#     ^^^^ meta.embedded

#- a path ends at a semicolon and a bracket
  { a = [ ../secrets/x.age ]; b = ../${c}.age; }
#         ^^^^^^^^^^^^^^^^ string.unquoted.path.nix
#                          ^ punctuation.section.brackets.end.nix !string
#                                 ^^^^^^^^^^^ string.unquoted.path.nix
#                                            ^ punctuation.terminator.statement.nix !string

#- update is no path
  [ (a//b) (a // b) ]
#    ^  ^   ^    ^ variable.other.nix
#     ^^ keyword.operator.update.nix !string
#             ^^ keyword.operator.update.nix

#- division is no path
  [ (a / b) ((a)/(b)) ]
#      ^ keyword.operator.arithmetic.nix !string
#               ^ keyword.operator.arithmetic.nix !string

#- a path without spaces around, as Nix reads it
  [ 2/3 a/b-c (a /b) ]
#   ^^^ ^^^^^ string.unquoted.path.nix
#                ^^ string.unquoted.path.nix

#- comparison is no search path
  a < b || c > d
#   ^        ^ keyword.operator.comparison.nix !string

#- URIs
  [ https://example.org/a?b=c&d=e github:nix-community/disko x:x ]
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.uri.nix
#                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ string.unquoted.uri.nix
#                                                            ^^^ string.unquoted.uri.nix

#- a URI ends at a semicolon
  { url = http://a.b/c; }
#         ^^^^^^^^^^^^ string.unquoted.uri.nix
#                     ^ punctuation.terminator.statement.nix

#- a function is no URI
  [ (x: x) (a_b:c) (x:[ x ]) ]
#    ^      ^^^     ^ variable.parameter.nix !string
