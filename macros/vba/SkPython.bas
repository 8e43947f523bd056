Attribute VB_Name = "SkPython"
Option Explicit

' Starts Python through xlwings. The command is the same for every workbook but for the button's id.

Public Sub SkRunButton(id As String)
    Dim failed As Long, story As String
    SkForgetSettings
    ' Python finds Excel by a workbook's window: a button that needs no workbook gets an empty one.
    If ActiveWorkbook Is Nothing Then Application.Workbooks.Add
    #If Mac Then
        RunPython SkCommand(id)
    #Else
        On Error GoTo Done
        Application.StatusBar = SkText("working")
        RunPython SkCommand(id)
Done:
        ' Kept before anything else is called: a function that is left by Exit Function may clear it.
        failed = Err.Number
        story = Err.Description
        ' A button may have left a sentence there to be read.
        If CStr(Application.StatusBar) = SkText("working") Then Application.StatusBar = False
        If failed <> 0 Then SkSayWithDetail "failed", story
    #End If
End Sub

Public Function SkCommand(id As String) As String
    SkCommand = "from addin import entry; entry.press('" & id & "')"
End Function

Public Sub ShowError(FileName As String, Optional Message As String = "")
    ' xlwings calls this when Python has failed, and would show the whole traceback. Its last line says enough to
    ' whoever is asked for help.
    Dim story As String
    story = Message
    On Error Resume Next
    If story = "" Then story = ReadFile(FileName)
    On Error GoTo 0
    SkSayWithDetail "failed", Left$(SkLastLine(story), 200)
End Sub
