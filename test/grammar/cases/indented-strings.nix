#- an indented string
  ''a "b" 'c' # d''
# ^^^^^^^^^^^^^^^^^ string.quoted.other.indented.nix !comment
# ^^ punctuation.definition.string.begin.nix
#                ^^ punctuation.definition.string.end.nix

#- over several lines
  ''
# ^^ string.quoted.other.indented
    echo "$HOME" /* no comment */
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.other.indented !string.quoted.double !comment
  '' + ""
# ^^ punctuation.definition.string.end.nix
#    ^ keyword.operator.arithmetic.nix !string

#- three quotes are two
  '' a''' b ''
#     ^^^ constant.character.escape.nix
#        ^^^ string !constant !punctuation
#           ^^ punctuation.definition.string.end.nix

#- five quotes are two and an end
  ''a'''''
#    ^^^ constant.character.escape.nix
#       ^^ punctuation.definition.string.end.nix

#- an escaped dollar
  '' ''${a} ''
#    ^^^ constant.character.escape.nix
# ^^^^^^^^^^^^ string.quoted.other.indented !meta.embedded

#- escapes with a backslash
  '' ''\n ''\${a} ''\t ''
#    ^^^^ ^^^^    ^^^^ constant.character.escape.nix
# ^^^^^^^^^^^^^^^^^^^^^^^ string !meta.embedded

#- a backslash alone is text
  '' \n \" \''
#    ^^^^^^^ string !constant !punctuation
#           ^^ punctuation.definition.string.end.nix

#- two dollars are no interpolation
  '' $${a} ''
#    ^^ constant.character.escape.nix
# ^^^^^^^^^^^ string.quoted.other.indented !meta.embedded

#- three dollars are one
  '' $$${a} ''
#      ^^^^ meta.embedded.interpolation

#- a dollar before the end
  ''a$'' + "b"
#     ^^ punctuation.definition.string.end.nix
#          ^^^ string.quoted.double

#- a quote before an interpolation
  '' '${a}' ''
#     ^^^^ meta.embedded.interpolation
#         ^^ string !punctuation !meta.embedded
#           ^^ punctuation.definition.string.end.nix

#- nested strings and interpolations
  ''
    a ${f ''
#     ^^^^^^ meta.embedded
#         ^^ punctuation.definition.string.begin.nix
      b ${g "c${d}e"} ''${f} $${g}
#       ^^ punctuation.section.embedded.begin.nix
#           ^^^^^^^^ string.quoted.double
#       ^^    ^^ punctuation.section.embedded.begin.nix
#                ^  ^ punctuation.section.embedded.end.nix
#                     ^^^ constant.character.escape.nix
#                            ^^ constant.character.escape.nix
    ''} h
#   ^^ punctuation.definition.string.end.nix
#     ^ punctuation.section.embedded.end.nix
#      ^^ string.quoted.other.indented !meta.embedded
  ''
# ^^ punctuation.definition.string.end.nix

#- a long interpolation, as nixfmt breaks it
  ''
    ${lib.concatMapStrings
#   ^^ punctuation.section.embedded.begin.nix
      (x: ''
#      ^ variable.parameter.nix
        ${x}
#         ^ variable.other.nix
      '')
#     ^^ punctuation.definition.string.end.nix
      xs
#     ^^ variable.other.nix
    }
#   ^ punctuation.section.embedded.end.nix
  ''

#- a shell script
  ''
    for i in "''${names[@]}"; do echo $i; done
#             ^^^ constant.character.escape.nix
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string !constant !meta
  ''

#- an empty one
  [ '' '' 1 ]
#   ^^^^^ string.quoted.other.indented
#         ^ constant.numeric !string
