// SPDX-License-Identifier: MIT
// Goroutines, channels, maps, panics that are recovered, calls through pointers with all registers that Go's convention
// has, reflection, packages with assembly of their own, an exit status.
package main

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"math/big"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"sort"
	"strings"
	"sync"
)

type wide interface {
	ints(a, b, c, d, e, f, g, h, i, j, k, l int) (int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int)
	floats(a, b, c, d, e, f, g, h, i, j, k, l float64) (float64, float32, float64, float64, float64, float64, float64, float64,
		float64, float64, float64, float64, float64, float64, float64, float64)
	mixed(a int8, s string, f float32, b []byte, e error, g complex128) (string, float64, []byte, error, complex128, bool)
}

type plain struct{ N int }
type swapped struct{ N, M int }

func (w plain) ints(a, b, c, d, e, f, g, h, i, j, k, l int) (int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int) {
	return l, k, j, i, h, g, f, e, d, c, b, a, w.N, a + b, c * d, e - f
}

func (w *swapped) ints(a, b, c, d, e, f, g, h, i, j, k, l int) (int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int) {
	return plain{w.M}.ints(b, a, d, c, f, e, h, g, j, i, l, k)
}

func (w plain) floats(a, b, c, d, e, f, g, h, i, j, k, l float64) (float64, float32, float64, float64, float64, float64, float64, float64,
	float64, float64, float64, float64, float64, float64, float64, float64) {
	return l, float32(k), j, i, h, g, f, e, d, c, b, a, float64(w.N), a / b, c * d, e - f
}

func (w *swapped) floats(a, b, c, d, e, f, g, h, i, j, k, l float64) (float64, float32, float64, float64, float64, float64, float64, float64,
	float64, float64, float64, float64, float64, float64, float64, float64) {
	return plain{w.N}.floats(a, b, c, d, e, f, l, k, j, i, h, g)
}

func (w plain) mixed(a int8, s string, f float32, b []byte, e error, g complex128) (string, float64, []byte, error, complex128, bool) {
	return s + fmt.Sprint(a), float64(f) * 2, append(b, byte(a)), fmt.Errorf("%d: %w", w.N, e), g * complex(0, 1), a < 0
}

func (w *swapped) mixed(a int8, s string, f float32, b []byte, e error, g complex128) (string, float64, []byte, error, complex128, bool) {
	return plain{w.M}.mixed(-a, s+"!", f, b, e, g)
}

// Results straight on as arguments, by pointers.
var turn = func(a, b, c, d, e, f int) (int, int, int, int, int, int) { return f, a, b, c, d, e }
var show = func(a, b, c, d, e, f int) string { return fmt.Sprint(a, b, c, d, e, f) }

func straightOn(n int) string {
	a, b, c, d, e, f := turn(n, 2, 3, 4, 5, 6)
	a, b, c, d, e, f = turn(a, b, c, d, e, f)
	return show(turn(a, b, c, d, e, f))
}

var sentinel = errors.New("sentinel")

func calls() {
	for _, w := range []wide{plain{100}, &swapped{200, 300}} {
		fmt.Println(w.ints(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
		fmt.Println(w.floats(1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.25))
		s, f, b, e, c, ok := w.mixed(7, "str", 1.25, []byte("abc"), sentinel, complex(1, 2))
		fmt.Println(s, f, b, e, errors.Is(e, sentinel), c, ok)
	}
	fmt.Println(straightOn(1))
	var made func(int, string, float64) (string, int, float64)
	swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0], in[2]} }
	reflect.ValueOf(&made).Elem().Set(reflect.MakeFunc(reflect.TypeOf(made), swap))
	fmt.Println(made(3, "three", 3.5))
	var in []reflect.Value
	for i := 0; i < 12; i++ {
		in = append(in, reflect.ValueOf(i))
	}
	for _, v := range reflect.ValueOf(plain{9}.ints).Call(in) {
		fmt.Print(v.Int(), ";")
	}
	fmt.Println()
}

func divide(a, b int) (result int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	return a / b, nil
}

// Panics in deferred functions, on a stack that has grown.
func deep(n int) (r int) {
	defer func() {
		if e := recover(); e != nil {
			r = n + e.(int)
			if n < 40 {
				panic(r)
			}
		}
	}()
	if n == 0 {
		panic(1)
	}
	return deep(n-1) + 1
}

func goroutines() int {
	var wait sync.WaitGroup
	var lock sync.Mutex
	values, done, sum := make(chan int, 3), make(chan bool), 0
	for i := 0; i < 20; i++ {
		wait.Add(1)
		go func(i int) {
			defer wait.Done()
			for k := 0; k < 50; k++ {
				values <- i * k
				if k%7 == 0 {
					runtime.Gosched()
				}
			}
		}(i)
	}
	go func() { wait.Wait(); close(values) }()
	go func() {
		for v := range values {
			lock.Lock()
			sum += v
			lock.Unlock()
		}
		done <- true
	}()
	<-done
	return sum
}

func packages() {
	data := []byte(strings.Repeat("The quick brown fox. ", 300))
	fmt.Printf("%x %08x\n", sha256.Sum256(data), crc32.ChecksumIEEE(data))
	block, _ := aes.NewCipher([]byte("0123456789abcdef"))
	gcm, _ := cipher.NewGCM(block)
	fmt.Printf("%x\n", gcm.Seal(nil, make([]byte, 12), data[:50], nil))
	var parsed map[string]interface{}
	fmt.Println(json.Unmarshal([]byte(`{"a":[1,2.5,"x",null,true],"b":{"c":1e300}}`), &parsed), parsed)
	text, err := json.Marshal(map[string]interface{}{"z": swapped{1, 2}, "a": 1.0 / 3})
	fmt.Println(string(text), err)
	fmt.Println(regexp.MustCompile(`(\w+)@(\w+)\.com`).ReplaceAllString("bob@example.com, al@x.com", "$2:$1"))
	product := big.NewInt(1)
	for i := int64(1); i <= 60; i++ {
		product.Mul(product, big.NewInt(i))
	}
	fmt.Println(product, new(big.Int).Exp(big.NewInt(3), product, big.NewInt(1000000007)))
	fmt.Println(math.Sin(1), math.Exp(2.5), math.Pow(2, .5), math.FMA(2, 3, 4), math.Mod(7, 3), math.NaN())
}

func main() {
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	count := map[string]int{}
	for _, w := range strings.Fields(line) {
		count[w]++
	}
	var words []string
	for w := range count {
		words = append(words, w)
	}
	sort.Strings(words)
	fmt.Println(words, os.Args[1:])
	calls()
	sum := goroutines()
	_, err := divide(1, sum-232750)
	fmt.Println(sum, err, deep(50), fmt.Sprintf("%08.3f|%x|%q|%v", 3.14159, 255, "text", [2]bool{true}))
	packages()
	os.Exit(7)
}
