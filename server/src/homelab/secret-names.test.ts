import { describe, expect, it } from 'vitest';
import { looksSecret, namesSecret } from './secret-names';

describe('names of options that take a secret', () => {
  it.each([
    'password',
    'adminPassword',
    'ADMIN_TOKEN',
    'POSTGRES_PASSWORD',
    'jwtSecret',
    'client_secret',
    'psk',
    'privateKey',
    'api_key',
    'APIKey',
    'presharedKey',
    'initialPassword',
    'admin-password',
  ])('are: %s', (name) => {
    expect(namesSecret(name)).toBe(true);
  });
  it.each([
    'passwordFile',
    'password_file',
    'adminPasswordFile',
    'tokenPath',
    'hashedPassword',
    'initialHashedPassword',
    'password_hash',
    'passwordAuthentication',
    'PasswordAuthentication',
    'secretName',
    'token_url',
    'tokenEndpoint',
    'publicKey',
    'key',
    'keys',
    'passwordReset',
    'password_min_length',
    'bypass',
    'compass',
    'keyFile',
    'access_token_lifespan',
    'secrets',
    'tokens',
    'encryptedPassword',
  ])('are not: %s', (name) => {
    expect(namesSecret(name)).toBe(false);
  });
});

describe('texts', () => {
  it.each([
    ['password', 'hunter2hunter2'],
    ['token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['psk', 'correct horse battery'],
    ['privateKey', 'yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk='],
    ['secret', 'a9f3c0d1e2'],
  ])('that are a secret: %s = %s', (name, text) => {
    expect(looksSecret(name, text)).toBe('strong');
  });
  it.each([
    ['POSTGRES_PASSWORD', 'nextcloud'],
    ['initialPassword', 'hunter2hunter2'],
    ['secret_key', 'SW2YcwTIb9zpOOhoPsMm'],
  ])('that may be a default: %s = %s', (name, text) => {
    expect(looksSecret(name, text)).toBe('weak');
  });
  it.each([
    ['password', ''],
    ['password', 'abc'],
    ['password', '/run/secrets/x'],
    ['password', '$DB_PASSWORD'],
    ['password', '${DB_PASSWORD}'],
    ['admin_password', '$__file{/run/secrets/x}'],
    ['password', '$2y$10$abcdefghijklmnopqrstuv'],
    ['password', '@DB_PASSWORD@'],
    ['password', '{{ secret "x" }}'],
    ['password', '{env.TOKEN}'],
    ['password', '!secret db'],
    ['token', 'https://example.org/token'],
    ['token', 'DB_PASSWORD'],
    ['password', 'changeme'],
    ['password', 'CHANGE_ME'],
    ['password', 'placeholder'],
    ['password', 'xxxxxxxx'],
    ['password', '00000000'],
    ['password', 'test1234'],
    ['password', 'password'],
    ['client_secret', 'authelia-client'],
    ['token', 'traefik'],
    ['secret', 'oidc.age'],
    ['secret', 'services/authelia'],
    ['password', 'one\ntwo'],
    ['api_key', 'sk-....'],
    ['refresh_token', '3600s'],
    ['refresh_token', '1 week'],
    ['refresh_token', '2 days, 3 hours'],
    ['access_token', '90 min'],
  ])('that are none: %s = %s', (name, text) => {
    expect(looksSecret(name, text)).toBe('none');
  });
});
