// Package articles is the library behind the diagnosis: what pages, programs and
// phones say, what lies behind it and what to do, each an article in Japanese and
// in English.
//
// An article is one Markdown file: facts about it in TOML, then the text in both
// languages. Reading them all takes a few milliseconds and happens once. [Search]
// finds them by what people type: a message or a part of it, a code, kana or
// romaji, with typing errors.
//
// The package knows nothing of computers. What the causes of an article mean on
// the computer at hand is judged in package checks.
package articles
