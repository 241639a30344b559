// An OpenID provider that is not ours: node server.mjs PORT REDIRECT_URI CLIENT SECRET
import Provider from "oidc-provider";

const [port, redirectUri, client, secret] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirectUri] }],
  claims: { openid: ["sub", "name", "birthdate", "citizen_id", "level"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: async () => ({
      sub: id,
      name: "Nguyễn Văn An",
      birthdate: "1985-09-05",
      citizen_id: id,
      level: "LoA2",
    }),
  }),
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
