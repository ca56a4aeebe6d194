#- half-typed attribute: the next line is right
  {
    containers.web.
#                 ^ punctuation.accessor.nix
    privateNetwork = true;
#   ^^^^^^^^^^^^^^ entity.other.attribute-name.nix
#                    ^^^^ constant.language.boolean.nix
  }

#- half-typed first attribute of a set
  {
    auto
    hostAddress = "10.10.10.4";
#   ^^^^^^^^^^^ entity.other.attribute-name.nix
#                 ^^^^^^^^^^^^ string.quoted.double
    "local" = a ? b;
#   ^^^^^^^ entity.other.attribute-name.nix
#               ^ keyword.operator.has-attribute.nix
  }

#- half-typed value: no semicolon
  {
    a = {
      b = 1
    c.d = "e";
#   ^ ^ entity.other.attribute-name.nix
#         ^^^ string.quoted.double
  }

#- half-typed: nothing behind the equals sign
  {
    a =
    b = 1;
#   ^ entity.other.attribute-name.nix
#       ^ constant.numeric
  }

#- half-typed parentheses and lists cost nothing
  {
    a = [ (b
    c = f (x: [ d ;
#   ^ entity.other.attribute-name.nix
#          ^ variable.parameter.nix
    e = "${g (h}";
#   ^ entity.other.attribute-name.nix
#        ^^^^^^^ meta.embedded
#                ^ punctuation.terminator.statement.nix !string
  }

#- half-typed interpolation, the quote is there
  {
    url = "http://${config.containers.";
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double !meta.embedded
#                 ^^ punctuation.section.embedded.begin.nix
#                                      ^ punctuation.terminator.statement.nix !string
    port = 80;
#   ^^^^ entity.other.attribute-name.nix
  }

#- half-typed interpolation in a list
  [ "a${b" ] ++ [ c ]
#   ^^^^^^ string.quoted.double !meta.embedded
#                 ^ variable.other.nix !string

#- half-typed interpolation in an indented string
  {
    a = ''
      x ${config.containers.
#       ^^ punctuation.section.embedded.begin.nix
      y
    '';
#   ^^ punctuation.definition.string.end.nix
    b = ''c ${d'';
#                ^ punctuation.terminator.statement.nix !string
    e = 1;
#   ^ entity.other.attribute-name.nix
  }

#- half-typed inherit: the next binding is right
  {
    inherit (lib) mkIf
#                 ^^^^ entity.other.attribute-name.nix
    a.b = 1;
#   ^ ^ entity.other.attribute-name.nix
#         ^ constant.numeric
  }

#- half-typed inherit source
  {
    inherit (lib mkIf;
    a = 1;
#   ^ entity.other.attribute-name.nix
  }

#- half-typed inherit in a let
  let inherit (lib) mkIf in mkIf a
#                        ^^ keyword.other.nix
#                           ^^^^ variable.other.nix !entity

#- half-typed parameters
  { config, li
#   ^^^^^^  ^^ variable.parameter.nix
  }: {
    a = 1;
#   ^ entity.other.attribute-name.nix
  }

#- half-typed default
  { config, port ? }: {
#           ^^^^ variable.parameter.nix
    a = config;
#   ^ entity.other.attribute-name.nix
  }

#- half-typed paths
  [ ./ ../ ~/ ./containers/
#   ^^ ^^^ ^^ ^^^^^^^^^^^^^ string.unquoted.path.nix
  a ]
# ^ variable.other.nix !string

#- half-typed: a brace too many
  { a = 1; } }
#            ^ punctuation.section.braces.end.nix
  { b = 2; }
#   ^ entity.other.attribute-name.nix

#- half-typed select before a binding
  {
    a = b.
    c = d;
#   ^ entity.other.attribute-name.nix
#       ^ variable.other.nix
  }

#- half-typed if
  {
    a = if b then
    c = 1;
#   ^ entity.other.attribute-name.nix
  }

#- half-typed interpolation in a string over several lines
  [
  "http://${config.containers.
#         ^^ punctuation.section.embedded.begin.nix !meta.embedded
  " a ]
# ^ punctuation.definition.string.end.nix
#   ^ variable.other.nix !string

#- half-typed: an ellipsis as a value
  { a = ...; }
#       ^^^ keyword.operator.rest.nix

#- half-typed: a comma in a list
  [ a, b ]
#    ^ punctuation.separator.parameter.nix
