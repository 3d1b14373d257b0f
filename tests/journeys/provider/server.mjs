// The certified provider `oidc-provider` as an e-identity broker would set it up, with a plain page of its own.
// Told by environment: PORT, SITE (the product's address), CALLBACK, LOGOUT. Says "ready" when it answers.
import http from "node:http";
import { Provider } from "oidc-provider";

const { PORT, SITE, CALLBACK, LOGOUT } = process.env;
const LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3";
const people = {
  kerstin: { sub: "kerstin", given_name: "Kerstin", pnr: "199001189811", acr: LOA3 },
  amal: { sub: "amal", given_name: "Amal", acr: LOA3 },
  weak: { sub: "weak", acr: "http://id.elegnamnden.se/loa/1.0/loa2" },
};

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [{
    client_id: "handtag",
    client_secret: "a secret of the tests alone",
    redirect_uris: [CALLBACK],
    post_logout_redirect_uris: [`${SITE}/logga-ut/klar/`],
    backchannel_logout_uri: LOGOUT,
    backchannel_logout_session_required: true,
  }],
  acrValues: [LOA3],
  claims: { openid: ["sub", "pnr", "given_name"], acr: null, auth_time: null, sid: null },
  conformIdTokenClaims: false,
  cookies: { keys: ["only for tests"] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) {
        ctx.type = "html";
        ctx.body = page("Log out of the provider?", `${form}<button form="op.logoutForm" name="logout" value="yes">Yes, log out</button>`);
      },
    },
    backchannelLogout: { enabled: true },
  },
  // Everything here stands on one machine, which the provider would not call else.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => people[id] }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, AuthorizationCode: 60, IdToken: 300, AccessToken: 300 },
});

provider.on("backchannel.error", (_ctx, error) => console.error("back-channel", error));

const page = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}</html>`;
const answers = provider.callback();

async function interaction(request, response) {
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page("Who are you?", `<form method="post"><label>Name <input name="who"></label><button>Log in</button><button name="no" value="1">Cancel</button></form>`));
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  const said = new URLSearchParams(body);
  const person = people[said.get("who")];
  const result = said.get("no") || !person
    ? { error: "access_denied" }
    : { login: { accountId: person.sub, acr: person.acr } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

http.createServer((request, response) => (
  request.url.startsWith("/interaction/") ? interaction(request, response) : answers(request, response)
)).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
