#- one attribute
  { a = 1; }
# ^ punctuation.section.braces.begin.nix
#   ^ entity.other.attribute-name.nix
#     ^ keyword.operator.assignment.nix
#       ^ constant.numeric.integer.nix
#        ^ punctuation.terminator.statement.nix
#          ^ punctuation.section.braces.end.nix

#- every part of an attribute path
  { containers.my-app'.config.services = { }; }
#   ^^^^^^^^^^ ^^^^^^^ ^^^^^^ ^^^^^^^^ entity.other.attribute-name.nix
#             ^       ^      ^ punctuation.accessor.nix

#- quoted parts
  { environment.etc."a/b.yml".text = ""; "c" = 1; }
#   ^^^^^^^^^^^ ^^^ entity.other.attribute-name.nix !string
#                   ^^^^^^^^^ entity.other.attribute-name.nix string.quoted.double.nix
#                             ^^^^ entity.other.attribute-name.nix
#                                        ^^^ entity.other.attribute-name.nix string.quoted.double.nix

#- an equals sign in a quoted part
  { "a=b" = "c=d"; }
#   ^^^^^ entity.other.attribute-name
#         ^ keyword.operator.assignment.nix
#           ^^^^^ string !entity

#- interpolated parts
  { containers.${name} = { }; "${a}-b".c = 1; ${"x" + { y = "}"; }.y} = 2; }
#              ^^^^^^^ entity.other.attribute-name.nix meta.embedded.interpolation.nix
#                ^^^^ variable.other.nix
#                             ^^^^^^^^ entity.other.attribute-name.nix string.quoted.double.nix
#                                      ^ entity.other.attribute-name.nix
#                                             ^^^^^^^^^^^^^^^^^^^^^^^ entity.other.attribute-name.nix meta.embedded.interpolation.nix
#                                                                     ^ keyword.operator.assignment.nix

#- spaces around the dots
  { a . b = 1; }
#   ^   ^ entity.other.attribute-name.nix

#- keywords that are attribute names
  { or = 1; true = 2; map = 3; }
#   ^^      ^^^^      ^^^ entity.other.attribute-name.nix !keyword !constant !support

#- a comparison is no binding
  { a = b.c == d; e = f<=g; h = i != j; }
#       ^ variable.other.nix
#           ^^ keyword.operator.comparison.nix
#                      ^^ keyword.operator.comparison.nix
#                     ^  ^ variable.other.nix !entity

#- let
  let
# ^^^ keyword.other.nix
    a.b = 1; c = 2;
#   ^ ^      ^ entity.other.attribute-name.nix
  in a.b + c
# ^^ keyword.other.nix
#    ^ variable.other.nix !entity
#      ^ variable.other.member.nix

#- in one line
  let a = 1; in let b = a; in b
#     ^             ^ entity.other.attribute-name.nix
#            ^^ keyword.other.nix
#                       ^ variable.other.nix

#- a set of sets
  rec { a = { b = { c = [ { d = 1; } ]; }; }; e = a; }
# ^^^ keyword.other.nix
#       ^     ^     ^       ^ entity.other.attribute-name.nix
#                                             ^ entity.other.attribute-name.nix
#                                                 ^ variable.other.nix

#- the value on its own line
  {
    age =
#   ^^^ entity.other.attribute-name.nix
      let x = 1; in
      { inherit x; };
    b
      = 2;
#     ^ keyword.operator.assignment.nix
  }

#- inherit
  { inherit a b-c; d = 1; }
#   ^^^^^^^ keyword.other.inherit.nix
#           ^ ^^^ entity.other.attribute-name.nix
#                ^ punctuation.terminator.statement.nix
#                  ^ entity.other.attribute-name.nix

#- inherit from
  { inherit (import ./x.nix { y = (z); }) a "b" ${"c"}; }
#            ^^^^^^ support.function.builtin.nix
#                   ^^^^^^^ string.unquoted.path.nix
#                             ^ entity.other.attribute-name.nix
#                                  ^ variable.other.nix !entity
#                                         ^ entity.other.attribute-name.nix
#                                           ^^^ entity.other.attribute-name.nix string
#                                               ^^^^^^ entity.other.attribute-name.nix meta.embedded

#- inherit over several lines, with a comment
  {
    inherit (lib)
#            ^^^ variable.other.nix
      mkIf # when
#     ^^^^ entity.other.attribute-name.nix
#          ^^^^^^ comment.line
      types
#     ^^^^^ entity.other.attribute-name.nix
      ;
    a = 1;
#   ^ entity.other.attribute-name.nix
#       ^ constant.numeric
  }

#- names that only begin like inherit
  { inheritance = inherit'; inherit-x = 1; }
#   ^^^^^^^^^^^             ^^^^^^^^^ entity.other.attribute-name.nix !keyword
#                 ^^^^^^^^ variable.other.nix !keyword

#- inside a quoted or interpolated part
  { "a\"b${c}" = 1; ${d} = 2; }
#   ^^^^^^^^^^ entity.other.attribute-name.nix string.quoted.double.nix
#     ^^ constant.character.escape.nix
#   ^ punctuation.definition.string.begin.nix
#            ^ punctuation.definition.string.end.nix
#          ^ variable.other.nix
#        ^^         ^^ punctuation.section.embedded.begin.nix
#           ^          ^ punctuation.section.embedded.end.nix
#                     ^ variable.other.nix

#- parentheses in an inherit source
  { inherit (f (g h)) a; }
#           ^  ^ punctuation.section.parens.begin.nix
#                  ^^ punctuation.section.parens.end.nix
#            ^  ^ ^ variable.other.nix
#                     ^ entity.other.attribute-name.nix
