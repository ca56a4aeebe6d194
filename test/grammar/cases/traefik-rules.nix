#- a rule with one matcher
  { rule = "Host(`photos.example.org`)"; }
#           ^^^^ support.function.matcher.traefik
#               ^ punctuation.section.arguments.begin.traefik
#                ^ punctuation.definition.string.begin.traefik
#                 ^^^^^^^^^^^^^^^^^^ string.quoted.other.argument.traefik
#                                   ^ punctuation.definition.string.end.traefik
#                                    ^ punctuation.section.arguments.end.traefik
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double.nix

#- an interpolation keeps its colours
  { rule = "Host(`photos.${config.domain}`) && PathPrefix(`/a`)"; }
#           ^^^^ support.function.matcher.traefik
#                 ^^^^^^^ string.quoted.other.argument.traefik
#                        ^^ punctuation.section.embedded.begin.nix
#                          ^^^^^^ variable.other.nix
#                                 ^^^^^^ variable.other.member.nix
#                                       ^ punctuation.section.embedded.end.nix
#                                        ^ punctuation.definition.string.end.traefik
#                                         ^ punctuation.section.arguments.end.traefik
#                                           ^^ keyword.operator.logical.traefik
#                                              ^^^^^^^^^^ support.function.matcher.traefik

#- text behind an interpolation
  { rule = "Host(`${name}.example.org`)"; }
#                        ^^^^^^^^^^^^ string.quoted.other.argument.traefik
#                                    ^ punctuation.definition.string.end.traefik
#                                     ^ punctuation.section.arguments.end.traefik

#- groups, negation, several arguments
  { rule = "(Host(`a`) || !Host(`b`)) && Header(`X-A`, `1`)"; }
#           ^ punctuation.section.group.begin.traefik
#                      ^^ keyword.operator.logical.traefik
#                         ^ keyword.operator.logical.traefik
#                                   ^ punctuation.section.group.end.traefik
#                                     ^^ keyword.operator.logical.traefik
#                                                ^^^ string.quoted.other.argument.traefik
#                                                       ^ string.quoted.other.argument.traefik
#                                                         ^ punctuation.section.arguments.end.traefik

#- a regular expression
  { rule = "HostRegexp(`^[a-z]+\\.example\\.org$`)"; }
#           ^^^^^^^^^^ support.function.matcher.traefik
#                       ^^^^^^^^^^^^^^^^^^^^^^^^ string.regexp.traefik
#                              ^^ constant.character.escape.nix
#                                        ^^ constant.character.escape.nix
#                                                ^ punctuation.section.arguments.end.traefik

#- over several lines
  {
    rule = ''
      Host(`a`) ||
#     ^^^^ support.function.matcher.traefik
#               ^^ keyword.operator.logical.traefik
      Host(`b`)
#     ^^^^ support.function.matcher.traefik
      && PathPrefix(`/c`)
#     ^^ keyword.operator.logical.traefik
    '';
#   ^^ punctuation.definition.string.end.nix
  }

#- other spellings that Traefik takes
  { rule = "host(`a`) && PATHPREFIX(`/b`)"; }
#           ^^^^         ^^^^^^^^^^ support.function.matcher.traefik

#- arguments in double quotes
  { rule = "Host(\"a.b\")"; }
#           ^^^^ support.function.matcher.traefik
#               ^ punctuation.section.arguments.begin.traefik
#                ^^   ^^ constant.character.escape.nix

#- half-typed: a rule without its end
  { rule = "Host(`photos
#           ^^^^ support.function.matcher.traefik
#                 ^^^^^^ string.quoted.other.argument.traefik

#- half-typed: nothing in the parentheses
  { rule = "Host()"; a = 1; }
#           ^^^^ support.function.matcher.traefik
#                    ^ entity.other.attribute-name.nix

#- other strings are text
  ''
    out=$(date) && echo ${x} `date` || Host
# ^^^^^^^^^^^^^^^^^^^^^^ string !support !keyword !meta
#                           ^^^^^^^^^^^^^^^ string !support !keyword !punctuation !meta
    myHost(`a`); host.Path(`b`)
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string !support !punctuation
  ''

#- names outside of strings are names
  { Host = Path; }
#   ^^^^ entity.other.attribute-name.nix
#          ^^^^ variable.other.nix !support
