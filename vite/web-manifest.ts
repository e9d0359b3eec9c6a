import { SHARE, SHARE_FIELD } from '../src/contract/site.ts';

/** The part of a W3C Web App Manifest that is read here. */
interface AppManifest {
  readonly file_handlers: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
}

/**
 * The same app, and a target for shared files (W3C Web Share Target). It is a manifest of its own, for people who ask for it:
 * files are shared by a POST to this site, which the service worker answers, but which would reach the server if the
 * browser had thrown the service worker away.
 */
export function withShareTarget(manifest: string): string {
  const app = JSON.parse(manifest) as AppManifest;
  const accept = app.file_handlers.flatMap((handler) => Object.entries(handler.accept).flatMap(([type, endings]) => [type, ...endings]));
  const share = { action: `./${SHARE}`, method: 'POST', enctype: 'multipart/form-data', params: { files: [{ name: SHARE_FIELD, accept }] } };
  return `${JSON.stringify({ ...app, share_target: share }, null, 2)}\n`;
}
