// Package assets holds what the program shows: texts in Japanese and English,
// a font, drawings and the icon, all embedded. It has no logic beyond loading
// and searching, and imports nothing of ours. Start at [In].
package assets
