#- numbers
  [ 1 007 1.5 .5 0.25e-3 12. ]
#   ^ ^^^ constant.numeric.integer.nix
#         ^^^ ^^ ^^^^^^^ ^^^ constant.numeric.float.nix

#- names with dashes, quotes and digits
  [ a-1 foldl' x2 _y let' in-x ]
#   ^^^ ^^^^^^ ^^ ^^ ^^^^ ^^^^ variable.other.nix !constant !keyword

#- constants
  [ true false null x.true nullable ]
#   ^^^^ ^^^^^ constant.language.boolean.nix
#              ^^^^ constant.language.null.nix
#                     ^^^^ variable.other.member.nix !constant
#                          ^^^^^^^^ variable.other.nix !constant

#- conditions
  if a then b else if c then d else e
# ^^   ^^^^   ^^^^ ^^   ^^^^   ^^^^ keyword.control.conditional.nix

#- assert and with
  assert a; with b; c
# ^^^^^^ keyword.control.assert.nix
#           ^^^^ keyword.other.nix
#         ^       ^ punctuation.terminator.statement.nix

#- select
  config.containers.web.localAddress
# ^^^^^^ variable.other.nix
#       ^          ^   ^ punctuation.accessor.nix
#        ^^^^^^^^^^ ^^^ ^^^^^^^^^^^^ variable.other.member.nix

#- select with or, a quoted and an interpolated part
  a."b c".${d}.e or null
#   ^^^^^ string.quoted.double !entity
#         ^^^^ meta.embedded.interpolation
#           ^ variable.other.nix
#              ^ variable.other.member.nix
#                ^^ keyword.other.nix
#                   ^^^^ constant.language.null.nix

#- a chain over several lines
  config
    .containers
#   ^ punctuation.accessor.nix
#    ^^^^^^^^^^ variable.other.member.nix
    .or
#    ^^ variable.other.member.nix !keyword

#- has-attribute
  [ (a ? b.c) (a ? "d") (a?e) ]
#      ^         ^        ^ keyword.operator.has-attribute.nix
#        ^ ^               ^ variable.other.member.nix
#                  ^^^ string

#- operators
  a // b ++ c + d - e * f
#   ^^ keyword.operator.update.nix
#        ^^ keyword.operator.concatenation.nix
#             ^   ^   ^ keyword.operator.arithmetic.nix

#- logic and comparison
  !a && b || c -> d == e
# ^  ^^   ^^   ^^ keyword.operator.logical.nix
#                   ^^ keyword.operator.comparison.nix

#- the other comparisons
  [ (a != b) (a <= b) (a >= b) (-a) ]
#      ^^       ^^       ^^ keyword.operator.comparison.nix !keyword.operator.assignment
#                               ^ keyword.operator.arithmetic.nix

#- pipes
  a |> f <| b
#   ^^   ^^ keyword.operator.pipe.nix

#- builtins
  [ builtins.attrNames builtins.foldl' builtins.nixVersion builtins.nope builtins ]
#   ^^^^^^^^           ^^^^^^^^        ^^^^^^^^            ^^^^^^^^      ^^^^^^^^ variable.language.builtins.nix
#            ^^^^^^^^^          ^^^^^^ support.function.builtin.nix
#                                               ^^^^^^^^^^ support.constant.builtin.nix
#                                                                   ^^^^ variable.other.member.nix !support

#- builtins in scope
  [ (import ./x.nix) (toString 1) (map f) (throw "no") lib.map mapAttrs ]
#    ^^^^^^           ^^^^^^^^     ^^^     ^^^^^ support.function.builtin.nix
#                                                          ^^^ variable.other.member.nix !support
#                                                              ^^^^^^^^ variable.other.nix !support

#- lists and parentheses
  [ (a b) ]
# ^ punctuation.section.brackets.begin.nix
#   ^ punctuation.section.parens.begin.nix
#       ^ punctuation.section.parens.end.nix
#         ^ punctuation.section.brackets.end.nix

#- the two-part pattern
  { config, domain, ... }: {
#   ^^^^^^  ^^^^^^ variable.parameter.nix
    containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
#   ^^^^^^^^^^ ^^^^^^^ ^^^^^^ ^^^^^^^^ ^^^^^^^ ^^^^^^^^^^^^^^^^^^^^ ^^^^ entity.other.attribute-name.nix
      services.web.loadBalancer.servers = [{
#                                         ^ punctuation.section.brackets.begin.nix
        url = "http://${config.containers.web.localAddress}:80";
#       ^^^ entity.other.attribute-name.nix
#                       ^^^^^^ variable.other.nix
#                                                              ^ punctuation.terminator.statement.nix !string
      }];
      routers.web.rule = "Host(`web.${domain}`)";
#     ^^^^^^^ ^^^ ^^^^ entity.other.attribute-name.nix
#                                     ^^^^^^ variable.other.nix
    };
    containers.web = {
#   ^^^^^^^^^^ ^^^ entity.other.attribute-name.nix
      privateNetwork = true;
#     ^^^^^^^^^^^^^^ entity.other.attribute-name.nix
#                      ^^^^ constant.language.boolean.nix
    };
  }

#- words that begin or end like keywords
  [ iffy thenx assertion within inn trueish nullish builtins-x builtins.mapx x-if elif ]
#   ^^^^ ^^^^^ ^^^^^^^^^ ^^^^^^ ^^^ ^^^^^^^ ^^^^^^^ ^^^^^^^^^^               ^^^^ ^^^^ variable.other.nix !keyword !constant
#                                                                       ^^^^ variable.other.member.nix !support

#- constants behind builtins
  [ builtins.true builtins.null ]
#            ^^^^ constant.language.boolean.nix
#                          ^^^^ constant.language.null.nix
#           ^             ^ punctuation.accessor.nix

#- a keyword as a member
  [ x.or x.map x.builtins ]
#     ^^   ^^^   ^^^^^^^^ variable.other.member.nix !keyword !support !variable.language
