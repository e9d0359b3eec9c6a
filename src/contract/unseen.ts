/**
 * What a name may not hold, since two that look the same would not be: controls, halves of characters, what reorders or hides text,
 * line separators, and letters that are drawn as nothing (fillers of Hangul). Joiners stay, for scripts and emoji.
 */
export const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;
