import { mount } from 'svelte';
import './app.css';
import { Session } from './session/session.svelte.ts';
import App from './ui/App.svelte';

/** Put in by the build: what the first file makes the page load, in MB. */
declare const __FIRST_USE_MEGABYTES__: number;

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with the id "app".');
mount(App, { target, props: { session: new Session(), firstUseMegabytes: __FIRST_USE_MEGABYTES__ } });
