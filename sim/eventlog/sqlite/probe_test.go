package sqlite
import ("testing";"fmt";"os";"bytes";"time";"errors";"onshisim/sim/eventlog")
func TestProbeSweep(t *testing.T){
 content:=stored(t); fmt.Println(len(content)); dir:=t.TempDir(); found,harmless:=0,0; t0:=time.Now(); other:=map[string]int{}
 file:=write(t,dir,content)
 f,_:=os.OpenFile(file,os.O_RDWR,0)
 for off:=0;off<len(content);off++{
  for _,x:=range []byte{0x41, 0x80}[:1+off%2] {
  f.WriteAt([]byte{content[off]^x},int64(off))
  // verify only, as the opening does
  ok,err:=verifyFile(file,false); if err==nil&&ok{err=verifyRecords(t.Context(),file,false)}
  if err!=nil{found++; var c *eventlog.CorruptError; if !errors.As(err,&c){other[err.Error()]++; }} else {harmless++
    log:=mustOpen(t,file); requireRecords(t,log,"qa",120); requireRecords2(t,log); log.Close(); f.WriteAt(content,0); _ = bytes.Equal }
  f.WriteAt([]byte{content[off]},int64(off))
  }
 }
 fmt.Println(found,harmless,other,time.Since(t0))
}
func requireRecords2(t *testing.T, log *Log){ w,_:=log.Worlds(t.Context()); if len(w)!=2||w[0]!="qa"||w[1]!="training"{t.Error(w)}; n,_:=log.Last(t.Context(),"training"); if n!=121{t.Error(n)} }
