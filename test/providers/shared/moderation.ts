/** What to do about each kind of moderation. */
export const MODERATED_PROMPT = /prompt was refused by moderation.*Change its wording/;
export const MODERATED_INPUT = /reference image was refused by moderation.*Use another image/;
export const MODERATED_OUTPUT = /image that was made was refused by moderation.*may pass/;
export const MODERATED = /Moderation refused the request/;
