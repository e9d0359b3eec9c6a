/** The library by itself, so that it becomes a file of its own in the built site, fetched when a model is loaded and not before. */
export { MLCEngine } from '@mlc-ai/web-llm';
