// The Slack of the npm package `emulate`: node second_opinion.mjs PORT TOKEN SCOPE,SCOPE
import { createEmulator } from "emulate";

const [port, token, scopes] = process.argv.slice(2);
await createEmulator({
  service: "slack",
  port: Number(port),
  seed: {
    slack: {
      strict_scopes: true,
      oauth_apps: [{
        client_id: "1.1", client_secret: "paper", redirect_uris: [], name: "Solardesk",
        app_id: "A1", bot_id: "B1", bot_user_id: "UBOT", bot_name: "solardesk",
      }],
      tokens: [{ token, user_id: "UBOT", bot_id: "B1", app_id: "A1", scopes: scopes.split(",") }],
    },
  },
});
