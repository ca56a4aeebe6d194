#- a line comment
  1 # one "two" ${three}
#   ^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign.nix !string
#   ^ punctuation.definition.comment.nix

#- a line comment ends with its line
  # let
# ^^^^^ comment.line
  1
# ^ constant.numeric.integer.nix !comment

#- a block comment
  [ 1 /* 2 # */ 3 ]
#     ^^^^^^^^^ comment.block.nix
#     ^^ punctuation.definition.comment.begin.nix
#            ^^ punctuation.definition.comment.end.nix
#               ^ constant.numeric.integer.nix !comment

#- a block comment over several lines
  /* a
# ^^^^ comment.block.nix
    "b
# ^^^^ comment.block.nix !string
  */ 1
# ^^ comment.block.nix
#    ^ constant.numeric !comment

#- a documentation comment
  /** Doubles.
# ^^^^^^^^^^^^ comment.block.documentation.nix
# ^^^ punctuation.definition.comment.begin.nix
    # Type: int -> int */
# ^^^^^^^^^^^^^^^^^^^^^^^ comment.block.documentation.nix
#                      ^^ punctuation.definition.comment.end.nix
  x: 2 * x
# ^ variable.parameter.nix !comment

#- an empty block comment is closed
  /**/ 1
# ^^^^ comment.block.nix !comment.block.documentation
#      ^ constant.numeric !comment

#- a row of stars is no documentation
  /*** a ***/ 1
# ^^^^^^^^^^^ comment.block.nix !comment.block.documentation
#             ^ constant.numeric !comment

#- a comment behind a binding
  { a = 1; # b = 2;
#          ^^^^^^^^ comment.line !entity
  }

#- a comment in an interpolation
  "${ # not "text"
#     ^^^^^^^^^^^^ comment.line
    a }"
#   ^ variable.other.nix
#      ^ punctuation.definition.string.end.nix
