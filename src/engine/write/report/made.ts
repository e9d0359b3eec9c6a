import { html } from './html.ts';
import type { Markup } from './html.ts';
import { note, plural, section } from './parts.ts';
import type { Page } from './parts.ts';

const ENCODINGS = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16 LE', 'utf-16be': 'UTF-16 BE', 'windows-1252': 'Windows-1252' } as const;

/** What went in and how it was read and decided: enough to check the result, or to make it again. */
export function made(page: Page): Markup {
  const { words, manifest } = page;
  const files = [...manifest.inputs, ...manifest.comparedWith].map((input, at) => html`<tr><td class="name">${words.visible(input.member === '' ? input.name : `${input.name} › ${input.member}`)}${at >= manifest.inputs.length ? ' (compared with)' : ''}<br><code>${input.sha256 === '' ? 'not hashed' : `SHA-256 ${input.sha256}`}</code></td><td class="n">${words.bytes(input.bytes)}</td><td>${readAs(input)}</td></tr>`);
  const { rules, corrections, models } = manifest.decisions;
  const facts: readonly (readonly [string, string])[] = [
    ['Lines → entries', `${words.count(manifest.lines)} → ${words.count(manifest.entries)}`],
    ['Not read as expected', plural(page, manifest.unread.count, 'place')],
    ['Sure enough from', manifest.decisions.threshold.toFixed(2)],
    ['Corrections', `${plural(page, corrections.corrected, 'pattern')} corrected, ${words.count(corrections.confirmed)} confirmed`],
    ['Rules', `${words.count(rules.count)} in force, ${words.count(rules.own)} own, ${words.count(rules.off)} switched off, ${words.count(rules.splits)} splits`],
    ['Hash of the rules', rules.sha256],
    ['Models run on', manifest.decisions.backend === 'webgpu' ? 'WebGPU' : `WebAssembly${manifest.decisions.threads > 1 ? `, ${manifest.decisions.threads} threads` : ''}`],
    ['Encoder', manifest.decisions.encoder === '' ? 'not needed' : manifest.decisions.encoder],
    ['Model files', models.length === 0 ? 'none loaded' : `${words.count(models.length)}, hashes in the manifest`],
    ['Program', `${manifest.madeBy}${manifest.build === '' ? '' : ` (${manifest.build})`}`],
    ['Saved', manifest.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
  ];
  return section('How this was made',
    html`<table><thead><tr><th>File</th><th class="n">Size</th><th>Read as</th></tr></thead><tbody>${files}</tbody></table>`,
    html`<dl class="made">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd class="name">${words.visible(value)}</dd></div>`)}</dl>`,
    note('Labels come from rules, from models and from what people taught them; no line was sent anywhere. The manifest (JSON) that the page saves beside this report holds these facts for programs.'));
}

function readAs({ format, packing, encoding, assumedZone, assumedYear }: Page['manifest']['inputs'][number]): string {
  return [format, ...(packing === 'none' ? [] : [packing]), ENCODINGS[encoding], ...(assumedZone === null ? [] : [`${assumedZone} assumed`]), ...(assumedYear === null ? [] : [`year ${assumedYear} assumed`])].join(', ');
}
