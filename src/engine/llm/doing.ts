/** What a runtime was doing when it failed. */
export type Doing = 'loading' | 'asking';
