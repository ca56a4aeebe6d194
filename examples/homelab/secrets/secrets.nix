# Read by the agenix command, not by the flake: who can decrypt which file.
# The keys are made up; nobody has their other halves.
let
  ada = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINW7l8d8bmvj69RlgUemyQjOSkZUV6rWfHkxX/jyFNLX";
  homelab = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICtLUbvOfvNFoZwMG+knHPDZ6boFrTIvGokMNegcOGX7";

  everyone = [ ada homelab ];
in
{
  "authelia_jwt_secret.age".publicKeys = everyone;
  "authelia_session_secret.age".publicKeys = everyone;
  "authelia_storage_key.age".publicKeys = everyone;
  "authelia_users.age".publicKeys = everyone;

  "backup_password.age".publicKeys = everyone;
  "dns_challenge_token.age".publicKeys = everyone;
  "linkwarden_env.age".publicKeys = everyone;
  "login_password.age".publicKeys = everyone;
  "nextcloud_admin_password.age".publicKeys = everyone;
  "opencloud_env.age".publicKeys = everyone;
  "tunnel_token.age".publicKeys = everyone;
}
