package wizard

import (
	"yomitori/assets/articles"
	"yomitori/checks"
)

// leafKind tells the pages of the library apart.
type leafKind string

// The pages of the library.
const (
	leafSearch  leafKind = "search"
	leafPlace   leafKind = "place" // all that people meet in one place
	leafArticle leafKind = "article"
	leafCode    leafKind = "code" // its steps for a phone
	// Those about a computer that somebody helps with (support.go).
	leafSupport leafKind = "support" // the code of this one
	leafEnter   leafKind = "enter"   // takes the code of another
	leafTheirs  leafKind = "theirs"  // the result of that
	leafSave    leafKind = "save"    // a report (saving.go)
	leafArea    leafKind = "area"    // what of an area is in it
)

// leaf is one page of the library.
type leaf struct {
	kind  leafKind
	typed string         // into its field
	where articles.Where // of a place
	id    string         // of an article, a support code, or an area
	done  line           // what came of its buttons
	saved string         // where the report is of which that tells
	at    spot           // where the reader was when they went on
}

// spot is how far a page was scrolled, and what had the focus on it.
type spot struct {
	offset float32
	focus  string
}

// library are the pages of the library that lie over each other: each was opened from
// the one before. Like flow it is a value, and knows no Fyne.
type library struct {
	under  spot // on the page of the wizard that led here
	leaves []leaf
}

// top is the page on show; the zero leaf when none is.
func (l library) top() leaf {
	if len(l.leaves) == 0 {
		return leaf{}
	}
	return l.leaves[len(l.leaves)-1]
}

// open lays a page over the others.
func (l library) open(next leaf, from spot) library {
	n := len(l.leaves)
	all := append(l.leaves[:n:n], next)
	if n == 0 {
		return library{from, all}
	}
	all[n-1] = all[n-1].left(from)
	return library{l.under, all}
}

// close takes the top page away, and tells where the reader was on the one below.
func (l library) close() (library, spot) {
	n := len(l.leaves)
	if n < 2 {
		return library{}, l.under
	}
	l.leaves = l.leaves[: n-1 : n-1]
	return l, l.top().at
}

// with puts another page in the place of the top one.
func (l library) with(top leaf) library {
	n := len(l.leaves)
	if n == 0 {
		return l
	}
	l.leaves = append(l.leaves[:n-1:n-1], top)
	return l
}

func (l leaf) left(at spot) leaf {
	l.at, l.done, l.saved = at, line{}, ""
	return l
}

// search is the page that answers what was typed. It takes the place of one that
// answered something else.
func (l library) search(typed string, from spot) library {
	if l.top().kind == leafSearch {
		return l.with(leaf{kind: leafSearch, typed: typed})
	}
	return l.open(leaf{kind: leafSearch, typed: typed}, from)
}

// article is the article that a page is about.
func (l leaf) article() (articles.Article, bool) { return articles.ByID(l.id) }

// onlyPurpose is the purpose of an article that has but one.
func onlyPurpose(a articles.Article) checks.Purpose {
	if len(a.Purposes) == 1 {
		return checks.Purpose(a.Purposes[0])
	}
	return ""
}
