#- a parameter
  x: y: x + y
# ^  ^ variable.parameter.nix
#  ^  ^ punctuation.definition.function.nix
#       ^   ^ variable.other.nix

#- a set of parameters
  { a, b ? 1, ... }@args: a
#   ^  ^ variable.parameter.nix
#    ^      ^ punctuation.separator.parameter.nix
#        ^ keyword.operator.default.nix
#          ^ constant.numeric.integer.nix
#             ^^^ keyword.operator.rest.nix
#                   ^^^^ variable.parameter.nix
#                  ^    ^ punctuation.definition.function.nix
#                         ^ variable.other.nix

#- the name before the set, and spaces
  args@{ a, ... }: { a }@rest : { ... } @inputs: a
# ^^^^   ^ variable.parameter.nix
#                    ^   ^^^^            ^^^^^^ variable.parameter.nix
#                                 ^^^ keyword.operator.rest.nix

#- over several lines
  {
    config,
#   ^^^^^^ variable.parameter.nix
    lib, # a = 1;
#   ^^^ variable.parameter.nix
#        ^^^^^^^^ comment.line
    port ? 80,
#   ^^^^ variable.parameter.nix
#          ^^ constant.numeric
    ...
#   ^^^ keyword.operator.rest.nix
  }:
# ^ punctuation.section.braces.end.nix
  config
# ^^^^^^ variable.other.nix

#- leading commas
  { config
#   ^^^^^^ variable.parameter.nix
  , lib ? null
# ^ punctuation.separator.parameter.nix
#   ^^^ variable.parameter.nix
#         ^^^^ constant.language.null.nix
  , pkgs
#   ^^^^ variable.parameter.nix
  }: { a = config; }
#      ^ entity.other.attribute-name.nix
#          ^^^^^^ variable.other.nix

#- a comment first
  {
    # the host
#   ^^^^^^^^^^ comment.line
    config, a }: config
#   ^^^^^^  ^ variable.parameter.nix

#- defaults with sets, functions and has-attribute
  { a ? { b = 1; c = { }; }, d ? ({ x, y }: x), e ? f ? g, h }: h
#   ^                        ^                  ^          ^ variable.parameter.nix
#         ^      ^ entity.other.attribute-name.nix
#                                   ^  ^ variable.parameter.nix
#                                                 ^ keyword.operator.default.nix
#                                                     ^ keyword.operator.has-attribute.nix
#                                                   ^ variable.other.nix
#                                                       ^ variable.other.member.nix

#- a default with a string
  { a ? "b, c ? ''", d }: d
#       ^^^^^^^^^^^ string.quoted.double
#                    ^ variable.parameter.nix

#- an empty set of parameters
  [ ({ }: { }) ({...}: 1) ]
#       ^            ^ punctuation.definition.function.nix
#                ^^^ keyword.operator.rest.nix

#- a set is no parameters
  [ { a = b ? c; } { inherit x; } { } ]
#     ^ entity.other.attribute-name.nix
#         ^ variable.other.nix
#           ^ keyword.operator.has-attribute.nix
#             ^ variable.other.member.nix
#                    ^^^^^^^ keyword.other.inherit.nix

#- inherit on a line of its own
  {
    inherit
#   ^^^^^^^ keyword.other.inherit.nix !variable
      a
#     ^ entity.other.attribute-name.nix
      ;
  }

#- parameters inside an interpolation
  "${({ a, b ? "}" }: a) x}"
#       ^  ^ variable.parameter.nix
# ^            ^ punctuation.definition.string.begin.nix
#                ^         ^ punctuation.definition.string.end.nix
#                         ^ punctuation.section.embedded.end.nix

#- the stretch of the parameters
  { a, b ? { c = 1; } }: a
#   ^^^^^^^^^^^^^^^^^ meta.function.parameters.nix
