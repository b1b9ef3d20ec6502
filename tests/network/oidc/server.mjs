// An OAuth server on a free port of 127.0.0.1. Clients are given as JSON in a file; prints its address when it is ready.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const clients = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients,
    scopes: ['openid', 'system/Claim.crus', 'system/Everything'],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: { enabled: false },
    },
    enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
    pkce: { required: () => true },
    cookies: { keys: ['of no importance'] },
    ttl: { ClientCredentials: 300, AccessToken: 300, Session: 300, Grant: 300, Interaction: 300 },
    async findAccount(ctx, id) {
      return { accountId: id, claims: () => ({ sub: id }) };
    },
  });
  // One line for the test about each request for a token: what came, and what was answered.
  provider.on('grant.success', (ctx) => report(ctx, 'token'));
  provider.on('grant.error', (ctx, error) => report(ctx, `${error.error}: ${error.error_detail ?? error.error_description}`));
  server.on('request', provider.callback());
  console.log(issuer);
});

function report(ctx, outcome) {
  const { client_id, grant_type, scope, client_assertion, client_secret } = ctx.oidc.params ?? {};
  const how = client_assertion ? 'assertion' : client_secret ? 'post' : ctx.get('authorization') ? 'basic' : 'none';
  const alg = client_assertion ? JSON.parse(Buffer.from(client_assertion.split('.')[0], 'base64url')).alg : undefined;
  console.log(JSON.stringify({ client: client_id ?? ctx.oidc.client?.clientId, grant_type, scope, how, alg, outcome }));
}
