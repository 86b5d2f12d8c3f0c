package chromiumtest

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Server is every host there is, as far as a [Browser] knows.
type Server struct {
	https *httptest.Server

	mu   sync.Mutex
	done map[string]chan struct{} // closed when a page says that it is through
	next int
}

// Serve starts a server that ends with the test.
func Serve(tb testing.TB) *Server {
	tb.Helper()
	s := &Server{done: map[string]chan struct{}{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", s.show)
	mux.HandleFunc("GET /login", s.login)
	mux.HandleFunc("GET /done", s.finish)
	mux.HandleFunc("GET /wait", s.wait)
	mux.HandleFunc("GET /favicon.ico", http.NotFound)
	s.https = httptest.NewUnstartedServer(mux)
	s.https.Config.ErrorLog = log.New(io.Discard, "", 0) // the browser has hosts of its own to ask for
	s.https.StartTLS()
	tb.Cleanup(s.https.Close)
	return s
}

// address is host and port, on this computer.
func (s *Server) address() string { return s.https.Listener.Addr().String() }

// page says what the server was sent, and what the browser kept. The picture
// keeps the page loading until the script is through.
const page = `<!DOCTYPE html><title>test</title>
<p>cookies=[%[1]s]</p><p id=d></p><img src="/wait?page=%[2]s">
<script>
const through = text => { document.getElementById("d").textContent = "database=" + text; fetch("/done?page=%[2]s") };
const write = %[3]t;
if (write) {
	const r = indexedDB.open("session", 1);
	r.onupgradeneeded = () => r.result.createObjectStore("s");
	r.onsuccess = () => {
		const t = r.result.transaction("s", "readwrite", {durability: "strict"});
		t.objectStore("s").put("yes", "in");
		t.oncomplete = () => { r.result.close(); through("yes") };
	};
} else {
	indexedDB.databases().then(all => through(all.length ? "yes" : "no"));
}
</script>`

func (s *Server) show(w http.ResponseWriter, r *http.Request) { s.answer(w, r, false) }

// login sets a cookie for the host and, with ?domain=, one for a domain above it.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	const year = 365 * 24 * 60 * 60
	value := r.URL.Query().Get("value")
	if value == "" {
		value = "1"
	}
	http.SetCookie(w, &http.Cookie{Name: "session", Value: value, Path: "/", MaxAge: year, Secure: true, HttpOnly: true})
	if d := r.URL.Query().Get("domain"); d != "" {
		http.SetCookie(w, &http.Cookie{Name: "above", Value: value, Path: "/", Domain: d, MaxAge: year})
	}
	s.answer(w, r, true)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, write bool) {
	s.mu.Lock()
	s.next++
	id := fmt.Sprint(s.next)
	s.done[id] = make(chan struct{})
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, page, strings.Join(sent(r), " "), id, write)
}

func sent(r *http.Request) []string {
	var list []string
	for _, c := range r.Cookies() {
		list = append(list, c.Name+"="+c.Value)
	}
	slices.Sort(list)
	return list
}

func (s *Server) channel(r *http.Request) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.done[r.URL.Query().Get("page")]
}

func (s *Server) finish(_ http.ResponseWriter, r *http.Request) {
	if c := s.channel(r); c != nil {
		close(c)
	}
}

func (s *Server) wait(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-s.channel(r):
	case <-r.Context().Done():
	}
}
