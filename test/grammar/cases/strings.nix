#- a string
  "abc"
# ^^^^^ string.quoted.double.nix
# ^ punctuation.definition.string.begin.nix
#     ^ punctuation.definition.string.end.nix

#- escapes
  "a\nb \" \\ \${c} \$"
#   ^^ constant.character.escape.nix
#       ^^ ^^ ^^ constant.character.escape.nix
#  ^^^^^^^^^^^^^^^^^^^ string !punctuation
#                   ^^ constant.character.escape.nix

#- a string over several lines
  "a
# ^^ string.quoted.double
    # b = 1; \
# ^^^^^^^^^^^^ string.quoted.double !comment
#            ^ constant.character.escape.nix
  c"
# ^^ string.quoted.double
#  ^ punctuation.definition.string.end.nix

#- an interpolation is code again
  "http://${config.containers.web.localAddress}:80"
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ meta.embedded.interpolation.nix
#         ^^ punctuation.section.embedded.begin.nix
#           ^^^^^^ variable.other.nix
#                  ^^^^^^^^^^ variable.other.member.nix
#                                             ^ punctuation.section.embedded.end.nix
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double
#                                              ^^^^ string !meta.embedded

#- a backtick is text
  "Host(`a.${domain}`)"
# ^^^^^^^^^ string !meta.embedded
#          ^^^^^^^^^ meta.embedded
#                   ^^^ string !meta.embedded

#- interpolations nest
  "a${f "b${c "d"}e"}f"
# ^^ string !meta.embedded
#   ^^^^^^^^^^^^^^^^^ meta.embedded
# ^     ^     ^ punctuation.definition.string.begin.nix
#     ^ variable.other.nix
#           ^ variable.other.nix
#               ^  ^  ^ punctuation.definition.string.end.nix
#                ^  ^ punctuation.section.embedded.end.nix
#                    ^^ string !meta.embedded

#- braces inside an interpolation
  "${toString ({ a = { }; b = 1; }.b)}c"
#                ^ entity.other.attribute-name.nix
#                         ^ entity.other.attribute-name.nix
#                                  ^ variable.other.member.nix
#                                    ^ punctuation.section.embedded.end.nix
#                                     ^^ string !meta.embedded

#- a separator that looks like the end of a line
  "${concatStringsSep ";" xs}"
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double
#  ^^^^^^^^^^^^^^^^^^^^^^^^^^ meta.embedded
#                         ^^ variable.other.nix
#                            ^ punctuation.definition.string.end.nix !meta.embedded

#- an interpolation over several lines
  "${f
#  ^^^ meta.embedded
    { a = "}"; }
#     ^ entity.other.attribute-name
#         ^ punctuation.definition.string.begin.nix
#           ^ punctuation.definition.string.end.nix
  } b"
# ^ punctuation.section.embedded.end.nix
#  ^^^ string !meta.embedded

#- two dollars are no interpolation
  "$${a}"
#  ^^ constant.character.escape.nix
# ^^^^^^^ string.quoted.double !meta.embedded

#- three dollars are one
  "$$${a}"
#    ^^^^ meta.embedded.interpolation

#- a dollar is text
  "$a $ $"
# ^^^^^^^^ string !constant !meta

#- a hash is text
  "# a /* b */"
# ^^^^^^^^^^^^^ string !comment

#- two dollars before other text are text
  "$$a $$"
# ^^^^^^^^ string.quoted.double !constant
